text = "αβγδε" * 40 + "x" + "😀" * 20 + "end"
print(len(text), text[0], text[199], text[200], text[201], text[220], text[-1], text[-24])
print(text.find("x"), text.find("😀"), text.find("end"), text.rfind("ε"), text.index("δ", 100), text.count("β"))
print(text[195:205], text[-5:], text[::37], text[150:190:9])
positions = [text.find(c) for c in "γx😀d"]
print(positions, [text[i] for i in positions])
total = 0
for i in range(len(text)):
    total += ord(text[i]) * i
print(total)
print("".join(text[i] for i in range(len(text) - 1, 190, -1)))
print(text.partition("x")[0] == "αβγδε" * 40, text.split("x")[1][:3], text.replace("αβγδε", "-")[:45])
print("é".join("abc"), "aéb".split("é"), "éé".find("é", 1), "ééé"[1:][0], ("é" * 10)[3:7])
