-- Creates rows that no other run has made: wrk -t1 -s create.lua URL -- TOKEN RUN
local answers = require "answers"
local run, made, headers = nil, 0, nil

local BODY = '{"place":"第%d村","farm":"新户%s-%d","kind":"肉牛","quarter":"2025Q4",' ..
    '"opening":%d,"born":3,"bought":1,"out":2,"dead":0,"sold":1,"closing":%d,"note":"季末核对过"}'

function init(args)
    headers = { ["Authorization"] = "Bearer " .. args[1], ["Content-Type"] = "application/json" }
    run = args[2]
end

function request()
    made = made + 1
    local opening = 10 + made % 90
    return wrk.format("POST", "/items/herd_quarter", headers,
        string.format(BODY, made % 18 + 1, run, made, opening, opening + 1))
end

function response(status) answers.count(status) end
setup, done = answers.setup, answers.done
