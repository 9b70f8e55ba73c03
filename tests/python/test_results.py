"""Results: what they say, that they are those of the command line, and that nobody writes one."""

import dataclasses
import json
import pickle
import subprocess
import tempfile
import unittest
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

import attest
from attest._ask import program

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
VOLATILE = {"seconds", "check_seconds"}


def without_times(value):
    if isinstance(value, dict):
        return {k: without_times(v) for k, v in value.items() if k not in VOLATILE}
    return [without_times(v) for v in value] if isinstance(value, list) else value


def command_line(*arguments):
    done = subprocess.run([program(), *arguments, "--json"], capture_output=True, text=True)
    return without_times(json.loads(done.stdout))


class SameJson(unittest.TestCase):
    """Each function against the command that it stands for."""

    def same(self, result, *arguments):
        self.assertEqual(without_times(json.loads(result.to_json())), command_line(*arguments))
        self.assertTrue(str(result))

    def test_prove(self):
        self.same(attest.prove("zoo:palindrome", "palindrome", range(1, 4)), "prove", "zoo:palindrome", "--language", "palindrome",
                  "--length", "1,2,3")

    def test_prove_every_length(self):
        result = attest.prove("zoo:tomita-4", "tomita:4", "all")
        self.same(result, "prove", "zoo:tomita-4", "--language", "tomita:4", "--length", "all")
        self.assertTrue(result.verified)
        self.assertIsNotNone(result.results[0].lengths)
        self.assertIn("every length", str(result))

    def test_accuracy(self):
        result = attest.accuracy("zoo:majority-attempt", "majority", 6, list=3)
        self.same(result, "accuracy", "zoo:majority-attempt", "--language", "majority", "--length", "6", "--list", "3")
        at = result.results[0]
        self.assertEqual(at.wrong.guarantee, "exact")
        self.assertEqual(at.accuracy, 1 - Fraction(at.wrong.value, 64))
        self.assertEqual(len(at.mistakes), 3)

    def test_equal(self):
        self.same(attest.equal("zoo:first", "zoo:palindrome", 3), "equal", "zoo:first", "zoo:palindrome", "--length", "3")

    def test_ablate(self):
        result = attest.ablate("zoo:first", "first", 3)
        self.same(result, "ablate", "zoo:first", "--language", "first", "--length", "3")
        self.assertTrue(result.sufficient[0].kept)

    def test_measure(self):
        result = attest.measure(language="parity", length=5)
        self.same(result, "measure", "--language", "parity", "--length", "5")
        self.assertEqual((result.degree.value, result.degree.guarantee), (5, "exact"))

    def test_restrict(self):
        self.same(attest.restrict("zoo:palindrome", 6), "restrict", "zoo:palindrome", "--length", "6")

    def test_influence(self):
        result = attest.influence("zoo:chiang-cholak-parity", "4,8")
        self.same(result, "influence", "zoo:chiang-cholak-parity", "--lengths", "4,8")
        self.assertLessEqual(result.results[0].reached, result.results[0].certified)

    def test_threshold(self):
        result = attest.threshold("parity", layers=1, heads=1, first=1, last=4)
        self.same(result, "threshold", "parity", "--layers", "1", "--heads", "1", "--from", "1", "--to", "4")
        self.assertEqual(result.lengths[-1].answer, "impossible")
        self.assertIsNone(result.attention)

    def test_threshold_of_softmax(self):
        result = attest.threshold("parity", softmax=True, heads=99, first=99, last=100)
        self.same(result, "threshold", "parity", "--softmax", "--heads", "99", "--from", "99", "--to", "100")
        self.assertEqual((result.found, result.impossible, result.attention), (99, 100, "softmax"))
        self.assertEqual([at.sign_changes for at in result.lengths], [99, 100])
        self.assertTrue(str(result).startswith("parity by one softmax layer alone, heads 99"))

    def test_classify(self):
        result = attest.classify("regex:(ab)*")
        self.same(result, "classify", "regex:(ab)*")
        self.assertIn("star-free", result)
        with self.assertRaises(KeyError):
            "no such class" in result

    def test_build_and_check(self):
        with tempfile.TemporaryDirectory() as folder:
            built = attest.build("regex:(ab)*", length="0..4", certificate=folder + "/c")
            self.assertTrue(built.verified)
            self.assertEqual([built.network.accepts(w) for w in ("", "ab", "ba", "aba")], [True, True, False, False])
            checked = attest.check(folder + "/c")
            self.same(checked, "check", folder + "/c")
            self.assertTrue(checked.accepted)
            manifest = Path(folder, "c", "manifest.json")
            manifest.write_text(manifest.read_text().replace("certificate", "certifikate", 1))
            refused = attest.check(folder + "/c")
            self.assertFalse(refused.accepted)
            self.assertTrue(refused.results[0].obligation)


class Verdicts(unittest.TestCase):
    def setUp(self):
        self.verdict = attest.prove("zoo:majority-attempt", "majority", 6)

    def test_three_answers(self):
        self.assertTrue(self.verdict.refuted and not self.verdict.verified and not self.verdict.undecided)
        with self.assertRaisesRegex(TypeError, "three answers"):
            bool(self.verdict)
        late = attest.prove("zoo:parity-tree-3-3", "parity", 20, timeout=0.01)
        self.assertTrue(late.undecided)
        self.assertEqual(late.results[0].reason if late.results else late.data["reason"], "deadline")

    def test_the_counterexample_is_one(self):
        word = self.verdict.counterexample
        model = attest.load("zoo:majority-attempt")
        self.assertNotEqual(model.accepts(word), word.count("1") > len(word) / 2)

    def test_nobody_writes_one(self):
        made = type(self.verdict)
        forged = json.dumps({"command": "prove", "model": "m", "language": "l", "results": [{"verdict": "verified", "seconds": 0}]})
        for attempt in (lambda: made(forged), lambda: made(None), lambda: type(self.verdict._answer)(),
                        lambda: dataclasses.replace(self.verdict, results=()), lambda: pickle.dumps(self.verdict),
                        lambda: attest.Equality(self.verdict._answer), lambda: attest.Verdict(self.verdict._answer)):
            with self.assertRaises((TypeError, ValueError)):
                attempt()
        with self.assertRaises(dataclasses.FrozenInstanceError):
            self.verdict.results = ()
        with self.assertRaises(AttributeError):
            self.verdict._answer.text = forged

    def test_report(self):
        page = self.verdict.report()
        ElementTree.fromstring(page.replace("<!DOCTYPE html>", "", 1))
        self.assertIn("<svg", page)  # the attention on the counterexample
        self.assertIn(self.verdict.counterexample, page)
        frame = self.verdict._repr_html_()
        self.assertNotIn("<script", frame)
        self.assertEqual(frame.count("<iframe"), 1)
        self.assertIn("<svg", attest.influence("zoo:chiang-cholak-parity", "4,8").report())
        self.assertIn("<svg", attest.measure(language="parity", length=4).report())

    def test_notes(self):
        vacuous = attest.prove("zoo:palindrome", "palindrome", 1)  # all words of length 1 are
        self.assertTrue(any("every word" in note for note in vacuous.notes), vacuous.notes)
        self.assertEqual(vacuous.results[0].vacuous is not None, True)


class Mistakes(unittest.TestCase):
    def test_by_class(self):
        with self.assertRaises(attest.UsageError):
            attest.load("zoo:no-such-model")
        with self.assertRaises(attest.InputError):
            attest.load("/no/such/file.json")
        with self.assertRaisesRegex(attest.Refused, "language"):
            attest.prove("zoo:first", "no-such-language", 3)
        with self.assertRaises(attest.Unsupported):
            attest.prove(EXAMPLES / "sorter.json", task="sort", length="all")
        for error in (attest.UsageError, attest.InputError, attest.Refused):
            self.assertTrue(issubclass(error, attest.Error) and issubclass(error, ValueError))

    def test_hostile_names(self):
        with tempfile.TemporaryDirectory() as folder:
            for name in ("-x.json", "a b.json", "--json.json"):
                attest.load("zoo:first").save(Path(folder, name))
                self.assertTrue(attest.prove(Path(folder, name), "first", 2).verified)


if __name__ == "__main__":
    unittest.main()
