value = "sub value"
print("init of", __name__)
