-- A filtered, sorted page only: wrk -t1 -s page.lua URL -- RUN PLACES PEOPLE
local answers, requests = require "answers", require "requests"

init, request = requests.init, requests.page
function response(status) answers.count(status) end
setup, done = answers.setup, answers.done
