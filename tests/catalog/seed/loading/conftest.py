"""A data folder of a handful of rows: a load of it takes milliseconds, and a test can spoil one cell."""

import csv

import pytest

from catalog.seed.loading import load

FACTS = {
    "sources.csv": """key,publisher_en,publisher_fa,address,published_on,licence
daily-1,Example Daily,روزنامهٔ نمونه,https://daily.example/1,2020-10-01,facts only
""",
    "sectors.csv": """slug,name_en,name_fa,order,origin,source
pumps,Pumps,پمپ,1,illustrative,
""",
    "products.csv": """slug,name_en,name_fa,sector,hs_code,reported,origin,source
slurry-pump,Slurry pump,پمپ دوغاب,pumps,841370,,illustrative,
mud-pump,Mud pump,پمپ گل,pumps,841350,target,press,daily-1
""",
    "import_records.csv": """product,year,value,currency,origin,source
mud-pump,1399,5000000,USD,press,daily-1
""",
    "companies.csv": """slug,name_en,name_fa,kind,founded,origin,source
real-pumps,Real Pumps,پمپ واقعی,firm,1380,press,daily-1
""",
    "engagements.csv": """company,product,stage,origin,source
real-pumps,mud-pump,named,press,daily-1
""",
    "desks.csv": """slug,name_en,name_fa,sectors,year,target_amount,target_currency,continues,origin,source
desk-two,Second desk,میز دوم,pumps,1400,,,desk-one,press,daily-1
desk-one,First desk,میز نخست,pumps,1399,42000000,EUR,,press,daily-1
""",
    "contracts.csv": """reference,kind,title_en,title_fa,desk,total_basis,stated_amount,currency,origin,source
P-1399-01,contract,Pumps,پمپ,desk-one,stated,220000000000000,IRR,press,daily-1
""",
    "parties.csv": """contract,n,role,company,name_en,name_fa
P-1399-01,1,supplier,real-pumps,,
P-1399-01,2,buyer,,A buyer,یک خریدار
""",
    "indicators.csv": """slug,name_en,name_fa,unit
saving,Saving,صرفه‌جویی,money
""",
    "statements.csv": """key,indicator,label_en,label_fa,value,unit,currency,kind,contradicts,origin,source
said-a,saving,One,یک,100,money,EUR,result,said-b,press,daily-1
said-b,saving,Two,دو,110,money,EUR,result,said-a,press,daily-1
""",
}
SAMPLE = {
    "companies.csv": """slug,name_en,name_fa,province,founded,verified_on
invented-works,Invented Works,کارخانهٔ خیالی,yazd,1390,today-20
invented-mine,Invented Mine,معدن خیالی,kerman,1385,
""",
    "import_records.csv": """product,year,value,currency,countries
slurry-pump,1404,9000000,USD,"CN,DE"
""",
    "engagements.csv": """company,product,stage,capacity,free_capacity,confirmed_on
invented-works,slurry-pump,prototype,50,20,today-200
""",
    "demands.csv": """product,buyer,year,quantity,commitment,confirmed_on
slurry-pump,invented-mine,1406,30,budgeted,today-3
""",
    "offices.csv": """key,name_en,name_fa,sectors
invented-office,Invented office,دفتر خیالی,pumps
""",
    "desks.csv": """slug,name_en,name_fa,sectors,year,opens,closes,office
invented-desk,Invented desk,میز خیالی,pumps,today+35,today+35,today+36,invented-office
""",
    "desk_products.csv": "desk,product\ninvented-desk,slurry-pump\n",
    "desk_buyers.csv": "desk,company\ninvented-desk,invented-mine\n",
    "contracts.csv": """reference,kind,title_en,title_fa,desk,signed_on,currency
S-1404-0001,contract,Slurry pumps,پمپ دوغاب,,2025-05-01,EUR
""",
    "parties.csv": "contract,n,role,company\nS-1404-0001,1,supplier,invented-works\n",
    "contract_lines.csv": """contract,n,product,quantity,amount,delivered_amount
S-1404-0001,1,slurry-pump,10,300000,100000
""",
    "milestones.csv": "contract,n,kind,due,done\nS-1404-0001,1,first_delivery,2025-09-01,2025-09-10\n",
    "amendments.csv": """contract,n,on,what_en,what_fa,why_en,why_fa
S-1404-0001,1,2025-07-01,Later,دیرتر,Rain,باران
""",
    "parameters.csv": """product,order,name_en,name_fa,operator,value,unit
slurry-pump,1,Flow rate,دبی,min,600,m³/h
""",
    "product_terms.csv": """slug,specification,take_part_en,take_part_fa
slurry-pump,buyer,Ask the office.,از دفتر بپرسید.
""",
}


class DataFolder:
    """The folder, and what tests do to it: `change` a cell, `append` a row, `load` it."""

    def __init__(self, path):
        self.path = path
        for folder, files in (("facts", FACTS), ("sample", SAMPLE)):
            (path / folder).mkdir()
            for name, text in files.items():
                (path / folder / name).write_text(text, encoding="utf-8")

    def load(self, **options):
        return load(data=self.path, **options)

    def change(self, cell, value):
        """Put `value` into a cell named as "facts/desks.csv 3 year"; lines count from 1, the header."""
        file, line, column = cell.split()
        path = self.path / file
        with path.open(encoding="utf-8", newline="") as source:
            rows = list(csv.reader(source))
        rows[int(line) - 1][rows[0].index(column)] = value
        with path.open("w", encoding="utf-8", newline="") as target:
            csv.writer(target).writerows(rows)

    def append(self, file, text):
        with (self.path / file).open("a", encoding="utf-8") as target:
            target.write(text + "\n")


@pytest.fixture
def folder(db, tmp_path):
    return DataFolder(tmp_path)
