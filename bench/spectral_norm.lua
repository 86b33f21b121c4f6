local function element(i, j) return 1.0 / ((i + j) * (i + j + 1) // 2 + i + 1) end
local function times(v, transposed)
    local n, out = #v, {}
    for i = 0, n - 1 do
        local sum = 0
        for j = 0, n - 1 do
            sum = sum + (transposed and element(j, i) or element(i, j)) * v[j + 1]
        end
        out[i + 1] = sum
    end
    return out
end
local function run(n)
    local u, v = {}, nil
    for i = 1, n do u[i] = 1.0 end
    for _ = 1, 4 do
        v = times(times(u, false), true)
        u = times(times(v, false), true)
    end
    local uv, vv = 0, 0
    for i = 1, n do uv = uv + u[i] * v[i]; vv = vv + v[i] * v[i] end
    return math.sqrt(uv / vv)
end
print(string.format("%.9f", run(260)))
