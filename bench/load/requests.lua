-- The requests of the bench: who asks, and for what. Arguments of a script after --: RUN PLACES PEOPLE, where PEOPLE is cookie|csrf,…
local requests = { made = 0 }
local run, places, people = nil, {}, {}

-- 玉米 小麦 马铃薯 辣椒 油菜
local CROPS = { "%E7%8E%89%E7%B1%B3",
    "%E5%B0%8F%E9%BA%A6",
    "%E9%A9%AC%E9%93%83%E8%96%AF",
    "%E8%BE%A3%E6%A4%92",
    "%E6%B2%B9%E8%8F%9C" }
local ROW = '{"place":"%s","values":{"farm":"新户%s-%d","kind":"肉牛","quarter":"2025Q4","opening":"%d","born":"3",' ..
    '"bought":"1","out":"2","dead":"0","sold":"1","closing":"%d","note":"季末核对过"}}'

function requests.init(args)
    run = args[1]
    for place in args[2]:gmatch("[^,]+") do places[#places + 1] = place end
    for cookie, csrf in args[3]:gmatch("([^|,]+)|([^,]+)") do
        people[#people + 1] = { ["Cookie"] = cookie, ["X-CSRF-Token"] = csrf, ["Content-Type"] = "application/json" }
    end
    assert(#places > 0 and #people > 0)
end

local function somebody() return people[requests.made % #people + 1] end

-- A row that no other run has made.
function requests.create()
    requests.made = requests.made + 1
    local made = requests.made
    local opening = 10 + made % 90
    local headers = somebody()
    headers["Idempotency-Key"] = run .. "-" .. made
    return wrk.format("POST", "/api/v1/records/herd_quarter", headers,
        string.format(ROW, places[made % #places + 1], run, made, opening, opening + 1))
end

-- The 50 largest sowings of one crop in one village, each time of another; out of the largest ledger.
function requests.page()
    requests.made = requests.made + 1
    local made = requests.made
    return wrk.format("GET", "/api/v1/records/planting?place=" .. places[made % #places + 1] .. "&filter=crop%3D%27" ..
        CROPS[made % #CROPS + 1] .. "%27&sort=-year,-sown&limit=50", somebody())
end

function requests.get(path)
    requests.made = requests.made + 1
    return wrk.format("GET", path, somebody())
end

function requests.place() return places[requests.made % #places + 1] end

return requests
