#!/usr/bin/env python3
"""A good request beside many that send one byte a second: `zhenwu serve` must answer it as if they were not there.

    python3 bench/slow_clients.py build/release/zhenwu TOWN [--clients 500] [--requests 500] [--limit 100]

Prints the median, p99 and slowest answer without and beside the slow ones, in milliseconds. Exit 1 when p99 beside them is
above --limit (`--limit 0` shows that it can fail), or when a slow connection was not let in.
"""

import argparse
import http.client
import re
import socket
import subprocess
import sys
import threading
import time

REQUEST = b"GET /api/v1/session HTTP/1.1\r\nHost: localhost\r\nX-Slow: " + b"a" * 4000


def serve(program, town):
    server = subprocess.Popen([program, "serve", town, "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True)
    for line in server.stdout:
        found = re.search(r"http://127\.0\.0\.1:(\d+)", line)
        if found:
            return server, int(found.group(1))
    sys.exit("the program does not serve")


def asked(port, count):
    times = []
    for _ in range(count):
        begun = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", "/api/v1/session")
        answer = connection.getresponse()
        answer.read()
        connection.close()
        if answer.status != 200:
            sys.exit(f"answered {answer.status}")
        times.append((time.perf_counter() - begun) * 1000)
        time.sleep(0.02)
    times.sort()
    return times[len(times) // 2], times[int(len(times) * 0.99)], times[-1]


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("program")
    words.add_argument("town")
    words.add_argument("--clients", type=int, default=500)
    words.add_argument("--requests", type=int, default=500)
    words.add_argument("--limit", type=float, default=100, help="ms")
    given = words.parse_args()
    server, port = serve(given.program, given.town)
    slow, over = [], threading.Event()
    try:
        alone = asked(port, given.requests)
        for _ in range(given.clients):
            slow.append(socket.create_connection(("127.0.0.1", port)))

        def drip():
            for at in range(len(REQUEST)):
                for one in slow:
                    try:
                        one.send(REQUEST[at:at + 1])
                    except OSError:
                        pass
                if over.wait(1):
                    return

        threading.Thread(target=drip, daemon=True).start()
        time.sleep(1.5)
        beside = asked(port, given.requests)
    finally:
        over.set()
        server.terminate()
    print("| | median | p99 | slowest |\n| --- | ---: | ---: | ---: |")
    for name, numbers in (("alone", alone), (f"beside {given.clients} slow clients", beside)):
        print(f"| {name} | " + " | ".join(f"{number:.1f} ms" for number in numbers) + " |")
    sys.exit(1 if beside[1] > given.limit else 0)


if __name__ == "__main__":
    main()
