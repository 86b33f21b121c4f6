local function sieve(n)
    local prime = {}
    for i = 0, n do prime[i] = true end
    prime[0] = false; prime[1] = false
    local i = 2
    while i * i <= n do
        if prime[i] then
            for j = i * i, n, i do prime[j] = false end
        end
        i = i + 1
    end
    local count, last = 0, 0
    for i = 0, n do
        if prime[i] then count = count + 1; last = i end
    end
    return count, last
end
local a, b = sieve(2500000)
print(a .. " " .. b)
