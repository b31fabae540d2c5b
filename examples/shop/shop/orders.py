"""The orders, in a database."""

from flask import Flask, current_app
from sqlalchemy import Engine, create_engine, text


def init_app(app: Flask) -> None:
    """Add the database and the command that creates its table to the app."""
    app.extensions["orders"] = create_engine(app.config["SQLALCHEMY_DATABASE_URI"])
    app.cli.command("init-db")(create_table)


def engine() -> Engine:
    """The database of the current app."""
    return current_app.extensions["orders"]


def create_table() -> None:
    """Create the table, if it does not exist."""
    with engine().begin() as db:
        db.execute(
            text("create table if not exists orders (number integer primary key, name text, price integer)")
        )


def add(name: str, price: int) -> int:
    """Store an order; return its number."""
    create_table()
    with engine().begin() as db:
        number = db.execute(text("select coalesce(max(number), 0) + 1 from orders")).scalar_one()
        row = {"number": number, "name": name, "price": price}
        db.execute(text("insert into orders values (:number, :name, :price)"), row)
    return int(number)
