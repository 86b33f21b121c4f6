v = "inner v"
