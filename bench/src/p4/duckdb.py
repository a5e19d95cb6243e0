"""DuckDB's way through the same file: `proof` sums by kind, `import` makes a table and groups it. Prints seconds."""
import sys
import time

import duckdb

step, path, database = sys.argv[1:4]
source = f"read_csv('{path}', delim='\t', header=true, quote='', all_varchar=true)"
kinds = '"transaction-type", "amount-type", "amount-description"'
total = "count(*), sum(CAST(amount AS DECIMAL(18, 4)))"
connection = duckdb.connect(database if step == "import" else ":memory:")
connection.execute("SET threads = 2")
connection.execute("SET enable_progress_bar = false")
began = time.perf_counter()
if step == "proof":
    rows = connection.execute(f"SELECT {kinds}, {total} FROM {source} WHERE amount IS NOT NULL GROUP BY ALL").fetchall()
else:
    connection.execute(f"CREATE TABLE lines AS SELECT * FROM {source}")
    rows = connection.execute(f"SELECT {kinds}, {total} FROM lines WHERE amount IS NOT NULL GROUP BY ALL").fetchall()
    for column in ('"order-id"', '"marketplace-name"'):
        connection.execute(f"SELECT {column}, {total} FROM lines WHERE amount IS NOT NULL GROUP BY ALL").fetchall()
    connection.execute("CHECKPOINT")
assert rows
print(time.perf_counter() - began)
