local function mandelbrot(size, limit)
    local inside = 0
    for py = 0, size - 1 do
        local y0 = 2.0 * py / size - 1.0
        for px = 0, size - 1 do
            local x0 = 3.0 * px / size - 2.0
            local x, y, escaped = 0.0, 0.0, false
            for _ = 1, limit do
                local xx, yy = x * x, y * y
                if xx + yy > 4.0 then escaped = true; break end
                y = 2.0 * x * y + y0
                x = xx - yy + x0
            end
            if not escaped then inside = inside + 1 end
        end
    end
    return inside
end
print(mandelbrot(300, 120))
