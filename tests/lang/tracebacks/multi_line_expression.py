def compute(a,
            b):
    return (
        a
        + b
        + [1,
           2][5]
    )


print(
    compute(
        1,
        2,
    )
)
