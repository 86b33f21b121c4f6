value = "pkg value"
print("init of", __name__)
