-- People at work: of ten requests two write a row, three open a village's ledger, two filter and sort it, two open a figure with what it
-- comes from, one asks for all figures of a village. Each waits between 5 and 15 s before the next. wrk -t1 -s mixed.lua URL -- RUN PLACES PEOPLE
local answers, requests = require "answers", require "requests"

local FIGURES = { "households", "cattle_closing_stock", "planted_vegetable_output_t" }

function init(args)
    requests.init(args)
    math.randomseed(1)
end

function request()
    local chance = math.random(10)
    if chance <= 2 then return requests.create() end
    if chance <= 5 then return requests.get("/api/v1/records/planting?limit=50&place=" .. requests.place()) end
    if chance <= 7 then return requests.page() end
    if chance <= 9 then return requests.get("/api/v1/figures/" .. FIGURES[math.random(#FIGURES)] .. "?period=2023") end
    return requests.get("/api/v1/figures?period=2023&place=" .. requests.place())
end

function delay() return math.random(5000, 15000) end
function response(status) answers.count(status) end
setup, done = answers.setup, answers.done
