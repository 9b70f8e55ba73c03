"""Manners in a process that is somebody else's: Ctrl-C, threads, progress, limits, crashes."""

import os
import signal
import subprocess
import sys
import threading
import time
import unittest
from pathlib import Path
from unittest import mock

import attest

# Without limits this takes far longer than anybody waits.
LONG = 'attest.threshold("parity", layers=2, heads=1, first=9, last=9)'


def children():
    """Of this process, by name."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            head, rest = stat.read_text().rsplit(")", 1)
        except OSError:
            continue
        if int(rest.split()[1]) == os.getpid() and rest.split()[0] != "Z":
            found.append(head.split("(", 1)[1])
    return found


class Interruption(unittest.TestCase):
    def interrupted(self, code):
        """Seconds from Ctrl-C until KeyboardInterrupt, in an interpreter of its own, and what it printed."""
        script = f"""
import time, attest
print("begun", flush=True)
try:
    {code}
except KeyboardInterrupt:
    print("interrupted", time.time(), flush=True)
print("goes on:", attest.prove("zoo:first", "first", 2).answer, flush=True)
"""
        process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.assertEqual(process.stdout.readline().strip(), "begun")
        time.sleep(1)
        sent = time.time()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
        self.assertRegex(out, r"interrupted [\d.]+\ngoes on: verified", err)
        self.assertEqual(process.returncode, 0, err)
        return float(out.split()[1]) - sent

    def test_a_question(self):
        self.assertLess(self.interrupted(LONG), 1)

    def test_words(self):
        self.assertLess(self.interrupted('attest.load("zoo:chiang-cholak-parity").evaluate(["01" * 60] * 100000)'), 1)

    def test_from_a_callback(self):
        class Enough(Exception):
            pass

        def stop(seconds, what):
            raise Enough(what)

        with self.assertRaises(Enough):
            attest.threshold("parity", layers=2, heads=1, first=9, last=9, progress=stop)
        self.assertNotIn("attest", children())


class Others(unittest.TestCase):
    def test_threads_go_on(self):
        ticks = []
        stop = threading.Event()

        def tick():
            while not stop.is_set():
                ticks.append(time.perf_counter())
                time.sleep(0.001)

        other = threading.Thread(target=tick)
        other.start()
        begun = time.perf_counter()
        attest.threshold("parity", layers=2, heads=1, first=9, last=9, timeout=1.5)
        attest.load("zoo:chiang-cholak-parity").evaluate(["01" * 40] * 200)
        ended = time.perf_counter()
        stop.set()
        other.join()
        inside = [t for t in ticks if begun < t < ended]
        self.assertGreater(len(inside), 100 * (ended - begun))
        self.assertLess(max(b - a for a, b in zip(inside, inside[1:])), 0.5)

    def test_questions_side_by_side(self):
        answers = {}

        def ask(n):
            answers[n] = attest.prove("zoo:palindrome", "palindrome", n).answer

        threads = [threading.Thread(target=ask, args=(n,)) for n in range(2, 8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(answers, dict.fromkeys(range(2, 8), "verified"))

    def test_progress(self):
        told = []
        attest.prove("zoo:palindrome", "palindrome", range(2, 6), progress=lambda seconds, what: told.append((seconds, what)))
        self.assertTrue(told)
        self.assertTrue(all(isinstance(seconds, float) and what for seconds, what in told))
        self.assertTrue(any(what.startswith("[1/4]") for _, what in told), told)

    def test_limits(self):
        begun = time.monotonic()
        late = attest.threshold("parity", layers=2, heads=1, first=9, last=9, timeout=1)
        self.assertLess(time.monotonic() - begun, 3)
        self.assertEqual(late.data.get("verdict", late.lengths[-1].answer if late.lengths else None), "undecided")

    def test_a_program_that_dies(self):
        """Is an error, and the interpreter lives."""
        with mock.patch("attest._ask.program", lambda: "/bin/false"), self.assertRaises(attest.InternalError):
            attest.prove("zoo:first", "first", 2)

    def test_the_program_is_that_of_the_package(self):
        from attest._ask import program

        done = subprocess.run([program(), "--version"], capture_output=True, text=True, check=True)
        self.assertEqual(done.stdout.strip(), f"attest {attest.__version__}")


if __name__ == "__main__":
    unittest.main()
