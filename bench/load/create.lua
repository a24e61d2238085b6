-- Creates only: wrk -t1 -s create.lua URL -- RUN PLACES PEOPLE
local answers, requests = require "answers", require "requests"

init, request = requests.init, requests.create
function response(status) answers.count(status) end
setup, done = answers.setup, answers.done
