"""Calls the store nodes without any client library, and records every try as a line of a history file.

The lines are those of HistoryFile (dev.holdfast.cli.drill.history); times are CLOCK_MONOTONIC, the clock of Java's
System.nanoTime on Linux. Every try is a call of its own: a try with an unknown outcome stays unknown, whatever a later try
with the same key is told.
"""
import argparse, gzip, json, random, signal, time

import grpc
from google.protobuf import json_format
from google.rpc.error_details_pb2 import ErrorInfo, RetryInfo
from google.rpc.status_pb2 import Status
from holdfast.inventory.v1 import inventory_pb2 as pb
from holdfast.inventory.v1.inventory_pb2_grpc import InventoryServiceStub

# Refusals that invite to ask again, and yet tell something about the stock.
TELLING = {"LOCKED", "TOO_MANY_LEASES", "COUNT_OVERTAKEN"}
# Codes of the transport, when a status has no reason: the node may have decided.
NOT_ANSWERED = {grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED, grpc.StatusCode.CANCELLED,
                grpc.StatusCode.UNKNOWN, grpc.StatusCode.INTERNAL, grpc.StatusCode.RESOURCE_EXHAUSTED}
CODES = {code.value[0]: code for code in grpc.StatusCode}
NOT_TRIED, UNKNOWN = {"undecided": "NOT_TRIED"}, {"undecided": "UNKNOWN"}

CHANNEL = [("grpc.enable_retries", 0), ("grpc.initial_reconnect_backoff_ms", 100), ("grpc.min_reconnect_backoff_ms", 1000),
           ("grpc.max_reconnect_backoff_ms", 1000)]
CONNECT_SECONDS, OPERATION_SECONDS = 0.5, 10.0
REMEMBERED = 50


def outcome(code, status):
    """The outcome of a failed call, and the seconds after which to ask again: as Outcome.of(Status) has it."""
    info, retry = ErrorInfo(), RetryInfo()
    reason, after = None, None
    for detail in status.details:
        if detail.Unpack(info) and info.domain == "holdfast.dev":
            reason = info.reason
        elif detail.Unpack(retry):
            after = retry.retry_delay.ToNanoseconds() / 1e9
    if reason == "OUTCOME_UNKNOWN":
        return UNKNOWN, after
    if reason in TELLING or reason and after is None:
        return {"refused": reason, "details": dict(info.metadata)}, after
    if reason or after or code not in NOT_ANSWERED:
        return NOT_TRIED, after
    return UNKNOWN, after


def status_of(error):
    """The details of a failed call; none when they contradict its code."""
    for name, value in error.trailing_metadata() or ():
        if name == "grpc-status-details-bin":
            status = Status.FromString(value)
            if status.code == error.code().value[0]:
                return status
    return Status()


class Node:
    def __init__(self, endpoint):
        self.channel = grpc.insecure_channel(endpoint, options=CHANNEL)
        self.inventory, self.connected = InventoryServiceStub(self.channel), False

    def connect(self):
        """False when there is no connection: then a call would not be sent, and is not made."""
        if not self.connected:
            try:
                grpc.channel_ready_future(self.channel).result(timeout=CONNECT_SECONDS)
                self.connected = True
            except grpc.FutureTimeoutError:
                pass
        return self.connected


class Caller:
    def __init__(self, options):
        self.client, self.prefix = options.client, options.prefix
        self.stores, self.skus = options.stores, options.skus
        self.chance = random.Random(options.seed)
        self.nodes = [Node(endpoint) for endpoint in options.endpoints]
        self.at, self.number, self.stopped = self.chance.randrange(len(self.nodes)), 0, False
        self.end = time.monotonic() + options.seconds
        self.reserved, self.versions, self.sent = [], {}, []
        self.out = gzip.open(options.out, "wt", encoding="utf-8", compresslevel=1)

    def stop(self, *_):
        self.stopped = True

    def run(self):
        with self.out:
            while not self.stopped and time.monotonic() < self.end:
                self.operate(self.next())

    def operate(self, request):
        """Asks until there is an answer, with one key, at one node after the other."""
        if "idempotency_key" in request.DESCRIPTOR.fields_by_name:
            self.sent = self.sent[-REMEMBERED:] + [request]
        end = min(self.end, time.monotonic() + OPERATION_SECONDS)
        while not self.stopped and time.monotonic() < end:
            node = self.nodes[self.at % len(self.nodes)]
            if node.connect():
                told, after = self.call(node, request)
                if "undecided" not in told:
                    return
                time.sleep(max(after or 0, self.chance.uniform(0.02, 0.2)))
            self.at += 1

    def call(self, node, request):
        """One try, recorded: its outcome, and the seconds after which to ask again."""
        method, kind = names(request)
        after = None
        timeout = self.chance.uniform(0.5, 3.0)
        begin = time.monotonic_ns()
        try:
            answer = getattr(node.inventory, method)(request, timeout=timeout)
            end = time.monotonic_ns()
            told = {"answer": json_format.MessageToDict(answer)}
            self.learn(answer)
        except grpc.RpcError as error:
            end = time.monotonic_ns()
            told, after = outcome(error.code(), status_of(error))
            node.connected = told is not UNKNOWN
        line = {"client": str(self.client), "begin_nanos": str(begin), "end_nanos": str(end), "kind": kind,
                "request": json_format.MessageToDict(request), **told}
        self.out.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
        return told, after

    def learn(self, answer):
        stock = getattr(answer, "stock", [])
        for level in [stock] if isinstance(stock, pb.StockLevel) else stock:
            self.versions[level.store, level.sku] = level.version

    # --- what to ask

    def next(self):
        dice = self.chance.random()
        if dice < 0.03 and self.sent:
            return self.chance.choice(self.sent)
        if dice < 0.40:
            return self.adjust()
        if dice < 0.58:
            return self.reserve()
        if dice < 0.74 and self.reserved:
            return self.close()
        if dice < 0.79 and self.reserved:
            store, reservation = self.chance.choice(self.reserved[-REMEMBERED:])
            return pb.GetReservationRequest(store=store, reservation_id=reservation)
        if dice < 0.84:
            items = {self.item() for _ in range(self.chance.randint(1, 4))}
            return pb.BatchGetStockRequest(items=[pb.ItemKey(store=store, sku=sku) for store, sku in sorted(items)])
        store, sku = self.item()
        return pb.GetStockRequest(store=store, sku=sku)

    def item(self):
        return self.chance.choice(self.stores), self.chance.choice(self.skus)

    def key(self):
        self.number += 1
        return f"{self.prefix}-{self.client}-{self.number}"

    def adjust(self):
        store, sku = self.item()
        delta = self.chance.choice([-5, -2, -1, 1, 2, 6])
        request = pb.AdjustStockRequest(store=store, sku=sku, delta=delta, reason=pb.ADJUSTMENT_REASON_RECOUNT,
                                        record_shortfall=delta < 0 and self.chance.random() < 0.1, idempotency_key=self.key())
        version = self.versions.get((store, sku), 0)
        if version and self.chance.random() < 0.2:
            request.expected_version = version
        return request

    def reserve(self):
        lines = self.chance.sample(self.skus, min(len(self.skus), self.chance.randint(1, 2)))
        store, key = self.chance.choice(self.stores), self.key()
        self.reserved.append((store, key))
        return pb.ReserveRequest(
            store=store, reservation_id=key, idempotency_key=key,
            lines=[pb.ReservationLine(sku=sku, quantity=self.chance.randint(1, 3)) for sku in lines],
            mode=self.chance.choice([pb.RESERVE_MODE_ALL_OR_NOTHING, pb.RESERVE_MODE_UP_TO]),
            ttl_millis=self.chance.choice([300, 2_000, 60_000]))

    def close(self):
        store, reservation = self.reserved.pop(self.chance.randrange(len(self.reserved)))
        kind = self.chance.choice([pb.ConfirmReservationRequest, pb.ReleaseReservationRequest])
        return kind(store=store, reservation_id=reservation, idempotency_key=self.key())


def names(request):
    """Of a request: the name of its method, and that of its kind in a history."""
    method = type(request).__name__.removesuffix("Request")
    return method, "".join("_" + letter if letter.isupper() else letter.upper() for letter in method).removeprefix("_")


def texts(value):
    return value.split(",")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--endpoints", type=texts, required=True, help="host:port,...")
    parser.add_argument("--client", type=int, required=True, help="number of this client in the history")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--prefix", required=True, help="of keys and reservations")
    parser.add_argument("--stores", type=texts, required=True)
    parser.add_argument("--skus", type=texts, required=True)
    parser.add_argument("--seconds", type=float, required=True, help="to call at most; a SIGTERM ends it after the try that runs")
    parser.add_argument("--out", required=True, help="the history file")
    caller = Caller(parser.parse_args())
    signal.signal(signal.SIGTERM, caller.stop)
    caller.run()


if __name__ == "__main__":
    main()
