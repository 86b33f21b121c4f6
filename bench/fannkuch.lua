local function fannkuch(n)
    local counts, permutation = {}, {}
    for i = 0, n - 1 do counts[i] = i + 1; permutation[i] = i end
    local most, checksum, sign, left = 0, 0, 1, n
    while true do
        while left ~= 1 do
            counts[left - 1] = left
            left = left - 1
        end
        local first = permutation[0]
        if first ~= 0 then
            local work, flips = {}, 0
            for i = 0, n - 1 do work[i] = permutation[i] end
            while first ~= 0 do
                local i, j = 0, first
                while i < j do
                    work[i], work[j] = work[j], work[i]
                    i = i + 1; j = j - 1
                end
                flips = flips + 1
                first = work[0]
            end
            if flips > most then most = flips end
            checksum = checksum + sign * flips
        end
        sign = -sign
        while true do
            if left == n then return checksum, most end
            local p = permutation[0]
            for i = 0, left - 1 do permutation[i] = permutation[i + 1] end
            permutation[left] = p
            counts[left] = counts[left] - 1
            if counts[left] > 0 then break end
            left = left + 1
        end
    end
end
local a, b = fannkuch(9)
print(a .. " " .. b)
