local sqrt = math.sqrt
local year, sun = 365.24, 4 * math.pi * math.pi
local function body(x, y, z, vx, vy, vz, mass) return {x = x, y = y, z = z, vx = vx, vy = vy, vz = vz, mass = mass} end
local bodies = {
    body(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, sun),
    body(4.84143144, -1.16032004, -0.10362204, 0.00166007 * year, 0.00769901 * year, -0.0000690 * year, 0.00095479 * sun),
    body(8.34336671, 4.12479856, -0.40352341, -0.00276742 * year, 0.00499852 * year, 0.0000230 * year, 0.00028588 * sun),
    body(12.8943695, -15.1111514, -0.22330757, 0.00296460 * year, 0.00237847 * year, -0.0000296 * year, 0.00004366 * sun),
    body(15.3796971, -25.9193146, 0.17925877, 0.00268067 * year, 0.00162824 * year, -0.0000951 * year, 0.00005151 * sun),
}
local function advance(dt, steps)
    local pairs_ = {}
    for i = 1, #bodies do for j = i + 1, #bodies do pairs_[#pairs_ + 1] = {bodies[i], bodies[j]} end end
    for _ = 1, steps do
        for k = 1, #pairs_ do
            local a, b = pairs_[k][1], pairs_[k][2]
            local dx, dy, dz = a.x - b.x, a.y - b.y, a.z - b.z
            local squared = dx * dx + dy * dy + dz * dz
            local pull = dt / (squared * sqrt(squared))
            local ma, mb = a.mass * pull, b.mass * pull
            a.vx = a.vx - dx * mb; a.vy = a.vy - dy * mb; a.vz = a.vz - dz * mb
            b.vx = b.vx + dx * ma; b.vy = b.vy + dy * ma; b.vz = b.vz + dz * ma
        end
        for k = 1, #bodies do
            local c = bodies[k]
            c.x = c.x + dt * c.vx; c.y = c.y + dt * c.vy; c.z = c.z + dt * c.vz
        end
    end
end
local function energy()
    local total = 0.0
    for i = 1, #bodies do
        local a = bodies[i]
        total = total + 0.5 * a.mass * (a.vx * a.vx + a.vy * a.vy + a.vz * a.vz)
        for j = i + 1, #bodies do
            local b = bodies[j]
            total = total - a.mass * b.mass / sqrt((a.x - b.x) ^ 2 + (a.y - b.y) ^ 2 + (a.z - b.z) ^ 2)
        end
    end
    return total
end
local before = energy()
advance(0.01, 60000)
print(string.format("%.9f %.9f", before, energy()))
