# Precisions far beyond the digits that a double has are zeros.
for text in ['%.1200f', '%.1500e', '%#.1500g', '%.1500g', '%.1200E', '%#.1200G']:
    for number in [1.5, 1e300, 5e-324, 0.1, -123456.789, 0.0]:
        shown = text % number
        print(text, number, len(shown), shown[:12], shown[-8:], hash(shown) == hash(shown.rstrip() + ''))
print(len(f'{1/3:.2000f}'), f'{1/3:.2000f}'.rstrip('0')[-10:], f'{2.5:.1200%}'[-5:])
print(len(format(1e22, '.1101f')), len(format(1e22, '.1100f')), format(1e22, '.1101e')[-6:])
print(len(format(1.5, ',.1300f')), len(format(1.5, '2000.1300f')))
