local function queens(n, row, columns, left, right)
    if row == n then return 1 end
    local count = 0
    local free = ~(columns | left | right) & ((1 << n) - 1)
    while free ~= 0 do
        local bit = free & -free
        free = free - bit
        count = count + queens(n, row + 1, columns | bit, (left | bit) << 1, (right | bit) >> 1)
    end
    return count
end
local function place(n, board)
    local row = #board
    if row == n then return 1 end
    local count = 0
    for column = 0, n - 1 do
        local free = true
        for r = 1, row do
            local c = board[r]
            if c == column or row - (r - 1) == math.abs(column - c) then free = false; break end
        end
        if free then
            board[row + 1] = column
            count = count + place(n, board)
            board[row + 1] = nil
        end
    end
    return count
end
print(queens(11, 0, 0, 0, 0) .. " " .. place(9, {}))
