größe = "é"
zahl = {"ключ": größe + 1 if False else 3}
print("naïve — ", zahl["ключ"] + größe)
