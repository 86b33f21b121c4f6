table = {"a": {"b": [1, 2, 3]}}
index = 7
value = table["a"]["b"][index] + table["z"]
