local function matrix(n, seed)
    local m = {}
    for i = 0, n - 1 do
        local row = {}
        for j = 0, n - 1 do row[j + 1] = ((i * seed + j * 7) % 13) / 13.0 end
        m[i + 1] = row
    end
    return m
end
local function multiply(a, b)
    local n = #a
    local columns = {}
    for j = 1, n do
        local column = {}
        for k = 1, n do column[k] = b[k][j] end
        columns[j] = column
    end
    local result = {}
    for i = 1, n do
        local row, out = a[i], {}
        for j = 1, n do
            local column, total = columns[j], 0.0
            for k = 1, n do total = total + row[k] * column[k] end
            out[j] = total
        end
        result[i] = out
    end
    return result
end
local c = multiply(matrix(190, 3), matrix(190, 5))
local sum = 0.0
for _, row in ipairs(c) do
    local s = 0.0
    for _, v in ipairs(row) do s = s + v end
    sum = sum + s
end
print(string.format("%.6f %.9f", sum, c[18][95]))
