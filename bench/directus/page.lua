-- Asks for the newest 50 rows of one kind in one village, each time of another: wrk -t1 -s page.lua URL -- TOKEN [count]
local answers = require "answers"
local asked, headers, counting = 0, nil, ""

-- 肉牛 生猪 黑山羊 绵羊 山羊 鸡, and 第N村
local KINDS = { "%E8%82%89%E7%89%9B", "%E7%94%9F%E7%8C%AA", "%E9%BB%91%E5%B1%B1%E7%BE%8A",
    "%E7%BB%B5%E7%BE%8A", "%E5%B1%B1%E7%BE%8A", "%E9%B8%A1" }

function init(args)
    headers = { ["Authorization"] = "Bearer " .. args[1] }
    if args[2] == "count" then counting = "&meta=filter_count" end
end

function request()
    asked = asked + 1
    return wrk.format("GET", "/items/herd_quarter?filter[place][_eq]=%E7%AC%AC" .. asked % 18 + 1 .. "%E6%9D%91" ..
        "&filter[kind][_eq]=" .. KINDS[asked % 6 + 1] .. "&sort=-quarter,farm&limit=50" .. counting, headers)
end

function response(status) answers.count(status) end
setup, done = answers.setup, answers.done
