"""Writes tests/data/tables/fixtures: one table in the default forms of the programs that students have.

Python's csv and pandas write theirs themselves (pip install pandas). Excel's and R's are written
here by hand as their manuals say:
- Excel, "CSV UTF-8": byte order mark, CRLF, the list separator and the decimal mark of the system
  (`,` and `.` in English, `;` and `,` in German); formatted cells are written as they are shown,
  in quotes where the separator is in them. "Unicode Text": tabs.
- R, ?write.table: strings and row names in quotes, 15 significant digits; `write.csv` has `,` and a
  header `""` for the row names, `write.csv2` has `;` and decimal commas, `write.table` has blanks
  and no name for the row names.

Run in tests/data/tables: python3 generate.py
"""

import csv
import json
import random
from pathlib import Path

import pandas

HERE = Path(__file__).parent / 'fixtures'
HERE.mkdir(exist_ok=True)
draw = random.Random(9)
NAMES = ['town', 'size', 'change', 'people', 'price']
TOWNS = ['New York', 'Köln', 'St. John\'s', 'a "big" one', 'Ulm, Donau', 'Rio']
ROWS = [
    [
        TOWNS[at % len(TOWNS)],
        round(draw.uniform(0, 2000), draw.choice([0, 1, 2, 3])),
        draw.choice([-1, 1]) * float(f'{draw.uniform(1, 10):.4f}e{draw.randint(-7, 3)}'),
        draw.randint(1, 2_000_000),
        round(draw.uniform(100, 5_000_000), 2),
    ]
    for at in range(40)
]


def save(name, text):
    (HERE / name).write_bytes(text.encode())


def quoted(text):
    return '"' + text.replace('"', '""') + '"'


def csv_cell(text, separator):
    return quoted(text) if separator in text or '"' in text else text


def number(value, mark='.'):
    """As R and Excel write it: up to 15 significant digits."""
    text = f'{value:.15g}' if isinstance(value, float) else str(value)
    return text.replace('.', mark)


def formatted(value, thousands, mark):
    text = f'{value:,.2f}' if isinstance(value, float) else f'{value:,}'
    return text.translate({ord(','): thousands, ord('.'): mark})


# Python and pandas.
with open(HERE / 'python_csv.csv', 'w', newline='') as file:
    csv.writer(file).writerows([NAMES, *ROWS])
with open(HERE / 'python_excel_tab.csv', 'w', newline='') as file:
    csv.writer(file, 'excel-tab').writerows([NAMES, *ROWS])
frame = pandas.DataFrame(ROWS, columns=NAMES)
frame.to_csv(HERE / 'pandas.csv')
frame.to_csv(HERE / 'pandas_without_index.csv', index=False)
frame.to_csv(HERE / 'pandas_german.csv', sep=';', decimal=',')
pandas.read_csv(HERE / 'pandas.csv').to_csv(HERE / 'pandas_twice.csv')

# Excel.
for language, separator, thousands, mark in [('en', ',', ',', '.'), ('de', ';', '.', ',')]:
    def excel(cell):
        def row(cells):
            return separator.join(csv_cell(one if isinstance(one, str) else cell(one), separator) for one in cells)
        return '\ufeff' + ''.join(row(cells) + '\r\n' for cells in [NAMES, *ROWS])
    save(f'excel_{language}.csv', excel(lambda value: number(value, mark)))
    save(f'excel_{language}_formatted.csv', excel(lambda value: formatted(value, thousands, mark)))
    title = f'Houses{separator * 4}\r\n{separator * 4}\r\n'
    save(f'excel_{language}_titled.csv', excel(lambda value: number(value, mark)).replace('\ufeff', '\ufeff' + title))
    save(f'excel_{language}_sep.csv', excel(lambda value: number(value, mark)).replace('\ufeff', f'sep={separator}\r\n'))
    tabs = ['\t'.join(one if isinstance(one, str) else number(one, mark) for one in row) for row in [NAMES, *ROWS]]
    save(f'excel_{language}_unicode_text.txt', '\r\n'.join(tabs).replace('a "big" one', '"a ""big"" one"') + '\r\n')

# R.
def r(separator, mark, corner):
    cell = lambda one: quoted(one) if isinstance(one, str) else number(one, mark)
    head = separator.join([*corner, *map(quoted, NAMES)])
    rows = [separator.join([quoted(str(at + 1)), *map(cell, row)]) for at, row in enumerate(ROWS)]
    return '\n'.join([head, *rows]) + '\n'

save('r_write_csv.csv', r(',', '.', ['""']))
save('r_write_csv2.csv', r(';', ',', ['""']))
# In write.table quotes in strings are escaped by a backslash; here there are none.
save('r_write_table.txt', r(' ', '.', []).replace('a ""big"" one', 'a big one'))

numbers = {name: [row[at] for row in ROWS] for at, name in enumerate(NAMES) if at > 0}
(HERE / 'numbers.json').write_text(json.dumps(numbers, indent=1) + '\n')
