-- What both scripts say of a run, as one line of JSON. An answer that is not 2xx is "bad"; run.py refuses such a run.
local answers = {}
local thread_of_run

bad = 0

function answers.count(status)
    if status < 200 or status > 299 then bad = bad + 1 end
end

function answers.setup(thread)
    assert(not thread_of_run, "one thread only: the bodies are numbered by it")
    thread_of_run = thread
end

function answers.done(summary, latency)
    local errors = summary.errors
    io.write(string.format(
        '\n{"answered": %d, "seconds": %.3f, "p50_ms": %.2f, "p99_ms": %.2f, "bad": %d, "errors": %d}\n',
        summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
        thread_of_run:get("bad"), errors.connect + errors.read + errors.write + errors.timeout))
end

return answers
