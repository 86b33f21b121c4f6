local function build(depth)
    if depth > 0 then return {left = build(depth - 1), right = build(depth - 1)} end
    return {left = false, right = false}
end
local function check(node)
    if node.left then return 1 + check(node.left) + check(node.right) end
    return 1
end
local function run(depth)
    local kept, total = build(depth), 0
    for d = 4, depth, 2 do
        for _ = 1, 1 << (depth - d) do total = total + check(build(d)) end
    end
    return total, check(kept)
end
local a, b = run(16)
print(a .. " " .. b)
