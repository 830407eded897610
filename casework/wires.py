"""Statements to the database past Django's cursors, which cost more than a short statement does.

SQLite is asked through its own driver. PostgreSQL is sent all statements of one call in one
message, over libpq as psycopg uses it: psycopg's own pipeline stops at each statement of it.
"""

import re
from collections.abc import Generator, Sequence
from functools import cache
from itertools import count
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from psycopg.pq.abc import PGresult

Row = tuple[Any, ...]
Asked = tuple[str, Sequence[Any]]  # SQL with the marks of Django, and its values
Sent = tuple[bytes, Any]  # the same as PostgreSQL reads it
_PLACE = re.compile(r"%(s|%)")
FORGOTTEN = ("26000", "0A000")  # SQLSTATE: the server has it no more, or its columns have changed


def run(ours: Any, *asked: Asked) -> list[list[Row]]:
    """The rows of each statement, in this order, over a connection of Django's.

    Each sees what was committed when its turn came: also while the one before waited for a lock.
    Where queries are logged, Django's cursor is asked, which logs them.
    """
    if ours.queries_logged:
        return [_logged(ours, *one) for one in asked]
    ours.close_if_health_check_failed()
    ours.ensure_connection()
    ours.validate_no_broken_transaction()
    with ours.wrap_database_errors:
        if ours.vendor == "postgresql":
            shared = ours.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS")
            return _ask(ours.connection, asked, keeps=not shared)
        execute = ours.connection.execute
        return [execute(_native("?", sql), values).fetchall() for sql, values in asked]


def _logged(ours: Any, sql: str, values: Sequence[Any]) -> list[Row]:
    with ours.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[Row] = cursor.fetchall()
        return found


@cache
def _native(mark: str, sql: str) -> str:
    """The SQL with the places of its values as the driver wants them."""
    numbers = count(1)

    def place(match: re.Match[str]) -> str:
        if match[1] == "%":
            return "%"
        return mark if mark == "?" else f"{mark}{next(numbers)}"

    return _PLACE.sub(place, sql)


def _ask(wire: Any, asked: Sequence[Asked], *, keeps: bool) -> list[list[Row]]:
    """PostgreSQL keeps each statement, and its plan, with the connection where `keeps`."""
    from psycopg.adapt import PyFormat, Transformer
    from psycopg.errors import error_from_result

    if (reader := wire.__dict__.get("casework_reader")) is None:
        reader = wire.casework_reader = Transformer(wire)
    sent = [
        (
            _native("$", sql).encode(),
            reader.dump_sequence(values, [PyFormat.TEXT] * len(values)),
        )
        for sql, values in asked
    ]
    with wire.lock:
        results = wire.wait(_talk(wire, sent, keeps))
    rows: list[list[Row]] = []
    for result, is_asked in results:
        if result.error_message:
            error = error_from_result(result, encoding=wire.info.encoding)
            if error.sqlstate in FORGOTTEN:
                _kept(wire).clear()
            raise error
        if is_asked:
            reader.set_pgresult(result)
            rows.append(reader.load_rows(0, result.ntuples, tuple))
    return rows


def _talk(
    wire: Any, sent: Sequence[Sent], keeps: bool
) -> "Generator[Any, Any, list[tuple[PGresult, bool]]]":
    """One message; its results, each with whether it answers what was asked."""
    from psycopg import generators

    server, results = wire.pgconn, []
    server.enter_pipeline_mode()
    try:
        said, made = _say(wire, sent, keeps)
        yield from generators.send(server)
        for is_asked in said:
            results.append(((yield from generators.fetch_many(server))[0], is_asked))
        yield from generators.fetch_many(server)  # the end of the message
        server.exit_pipeline_mode()
    except BaseException:
        server.finish()  # nobody knows what was said: Django opens another connection
        raise
    if not any(result.error_message for result, _is_asked in results):
        _kept(wire).update(made)
    return results


def _say(wire: Any, sent: Sequence[Sent], keeps: bool) -> tuple[list[bool], dict[bytes, bytes]]:
    """Puts all into the driver's hands: whether each part asks, and what the server keeps anew."""
    from psycopg.pq import TransactionStatus

    server, kept, said, made = wire.pgconn, _kept(wire), list[bool](), dict[bytes, bytes]()
    if not wire.autocommit and server.transaction_status == TransactionStatus.IDLE:
        server.send_query_params(wire._get_tx_start_command(), None)
        said.append(False)
    for sql, values in sent:
        name = kept.get(sql) or made.get(sql)
        if keeps and name is None:
            name = made[sql] = f"casework_{next(_numbers)}".encode()  # never that of a failed one
            server.send_prepare(name, sql)
            said.append(False)
        if keeps:
            server.send_query_prepared(name, values)
        else:
            server.send_query_params(sql, values)
        said.append(True)
    server.pipeline_sync()
    return said, made


def _kept(wire: Any) -> dict[bytes, bytes]:
    """What the server keeps for this connection, each statement with its name."""
    kept: dict[bytes, bytes] = wire.__dict__.setdefault("casework_kept", {})
    return kept


_numbers = count(1)
