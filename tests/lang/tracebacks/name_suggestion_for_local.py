def work(directory):
    total_size = 0
    for entry in directory:
        total_size += entry
    return total_sise


work([1, 2])
