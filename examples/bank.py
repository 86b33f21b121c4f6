# Contexts, exceptions and a journal: transfers between accounts that happen wholly or not at all.


class BankError(Exception):
    """What the bank refuses."""


class InsufficientFunds(BankError):
    def __init__(self, account, wanted):
        super().__init__(f"{account.owner} has {account.balance}, needs {wanted}")
        self.missing = wanted - account.balance


class Account:
    opened = 0

    def __init__(self, owner, balance=0):
        Account.opened += 1
        self.number = Account.opened
        self.owner = owner
        self._balance = balance

    @property
    def balance(self):
        return self._balance

    @balance.setter
    def balance(self, value):
        if value < 0:
            raise InsufficientFunds(self, self._balance - value)
        self._balance = value

    def __repr__(self):
        return f"{self.owner}: {self.balance}"


class Transaction:
    """Remembers balances; an exception puts them back, and BankErrors are swallowed when `quiet`."""

    depth = 0

    def __init__(self, *accounts, quiet=False):
        self.accounts, self.quiet = accounts, quiet

    def __enter__(self):
        self.before = [account.balance for account in self.accounts]
        Transaction.depth += 1
        return self

    def __exit__(self, kind, error, trace):
        Transaction.depth -= 1
        if kind is None:
            return False
        for account, balance in zip(self.accounts, self.before):
            account.balance = balance
        print(f"  rolled back at depth {Transaction.depth}: {kind.__name__}")
        return self.quiet and issubclass(kind, BankError)


def transfer(source, target, amount):
    if amount <= 0:
        raise ValueError(f"cannot transfer {amount}")
    with Transaction(source, target):
        target.balance += amount
        source.balance -= amount


def chain(accounts, amount):
    """Everybody passes money to the next one: all of it, or nothing."""
    with Transaction(*accounts, quiet=True):
        for source, target in zip(accounts, accounts[1:]):
            transfer(source, target, amount)
        return "passed on"
    return "refused"


def standing_orders(orders):
    """Runs all orders and raises what failed together."""
    failures = []
    for source, target, amount in orders:
        try:
            transfer(source, target, amount)
        except (BankError, ValueError) as error:
            failures.append(error)
    if failures:
        raise ExceptionGroup("standing orders", failures)


anna, ben, cleo = accounts = [Account("Anna", 100), Account("Ben", 50), Account("Cleo")]
transfer(anna, cleo, 30)
print(accounts)
try:
    transfer(ben, anna, 80)
except InsufficientFunds as error:
    print("refused:", error, "- missing", error.missing)
print(accounts)
print(chain(accounts, 20), accounts)
print(chain(accounts, 75), accounts)

try:
    standing_orders([(anna, ben, 10), (ben, cleo, 500), (cleo, anna, -3), (cleo, ben, 5)])
except* InsufficientFunds as group:
    for error in group.exceptions:
        print("later:", error)
except* ValueError as group:
    print("never:", *group.exceptions)
print(accounts)

try:
    try:
        transfer(cleo, anna, 1000)
    except BankError as error:
        raise SystemError("nightly run failed") from error
    finally:
        print("depth is", Transaction.depth)
except SystemError as error:
    print(f"{error}: because {error.__cause__}")
