class Config:
    timeout = 1


counter = 5
try:
    print(countr)
except NameError as e:
    print(e)
print(Config.timeot)
