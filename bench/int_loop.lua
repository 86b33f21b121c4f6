local function run(n)
    local x, odd, bits = 12345, 0, 0
    for i = 0, n - 1 do
        x = (x * 1103515245 + 12345) % 2147483648
        if x & 1 == 1 then odd = odd + x // 65536 end
        bits = bits ~ (x >> 7)
    end
    local i = 0
    while i < n do
        bits = bits + (i & 3)
        i = i + 1
    end
    return x, odd, bits
end
local a, b, c = run(2000000)
print(a .. " " .. b .. " " .. c)
