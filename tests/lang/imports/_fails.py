print("trying")
raise ValueError("import fails")
