-- wrk: each request is another child's application, by its own session.
local lines, at, key = {}, 0, 0
local counts = {}
local threads = {}

function setup(thread)
  thread:set("id", #threads)
  table.insert(threads, thread)
end

function init(args)
  for line in io.lines(args[1]) do
    lines[#lines + 1] = line
  end
  share = tonumber(args[2]) or 1
  at = id
end

function request()
  local line = lines[at % #lines + 1]
  at = at + share
  key = key + 1
  local cookie, csrf, child, program, group = line:match("(%S+) (%S+) (%S+) (%S+) (%S+)")
  local body = string.format('{"program":"%s","group":"%s","child":"%s"}', program, group, child)
  return wrk.format("POST", "/my/applications", {
    ["Cookie"] = cookie, ["X-CSRF-Token"] = csrf, ["Content-Type"] = "application/json",
    ["Accept"] = "application/json", ["Idempotency-Key"] = string.format("%016d%08d", id, key),
  }, body)
end

function response(status)
  counts[status] = (counts[status] or 0) + 1
  made = counts[201] or 0
end

function done(summary, latency)
  local made_all = 0
  for _, thread in ipairs(threads) do
    made_all = made_all + (thread:get("made") or 0)
  end
  io.write(string.format("made %d in %.2f s: %.0f applications/s, p50 %.2f ms, p99 %.2f ms\n", made_all,
    summary.duration / 1e6, made_all / (summary.duration / 1e6), latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
