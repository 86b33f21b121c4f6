print("out")
raise SystemExit("a message for standard error")
