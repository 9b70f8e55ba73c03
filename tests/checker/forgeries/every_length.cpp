#include "forgery.hpp"

namespace forgeries {
namespace {

Edit claim(const std::string& from, const std::string& to) { return in("claim", from, to); }
Edit evidence(const std::string& from, const std::string& to) { return in("evidence", from, to); }
Edit model(const std::string& from, const std::string& to) { return in("model.json", from, to); }

constexpr const char* lengths =
    "may have the key `lengths`, `{\"from\": 0}` or `{\"from\": 1}`, in the place of `length`";
constexpr const char* verified =
    "for each N ≥ from and each word w of N symbols over the model's alphabet, the model accepts w iff map(w) is in "
    "the language";
constexpr const char* greatest = "The model is a model file without `max_length`";
constexpr const char* from_zero = "`from` is 0 only if it has a begin or an end symbol";
constexpr const char* no_table = "The language is no `table`";
constexpr const char* no_keys = "Such a claim has none of the keys `without`, `instead` and `robust`";
constexpr const char* witness = "N is the number of symbols of its word, at least from";
constexpr const char* closure =
    "`{\"kind\": \"closure\", \"states\": c, \"first\": t, \"period\": m, \"window\": W}` and no files for it";
constexpr const char* ranges = "1 ≤ c ≤ 2²², 0 ≤ t ≤ 64, 1 ≤ m ≤ 1024, 0 ≤ W ≤ 64";
constexpr const char* regular = "It needs a regular language, or `dyck:K,D`";
constexpr const char* plain =
    "attention that is `hard` throughout, no layer with `repeat`, no norm, no `rotary`, no position table, no gate, no "
    "activation but `relu`, a readout at the position −1 whose bias is a number";
constexpr const char* layers = "whose bias is a number, and at most 1024 layers";
constexpr const char* bits = "a step of an expression at most 2²¹ bits";

std::string empty_layers(std::size_t count) {
    std::string text;
    for (std::size_t l = 0; l < count; ++l) text += l == 0 ? "{}" : ", {}";
    return text;
}
constexpr const char* pairs = "it has at most c pairs of states that words lead to";
constexpr const char* differ = "in none of them, nor on the empty word if from is 0, do the two differ";
constexpr const char* values = "All expressions of the model have a value at all lengths";
constexpr const char* divisors = "each divisor is never 0 and of one sign";
constexpr const char* moduli = "each second argument of `mod` is never negative and never 0";
constexpr const char* scale = "The scale is never negative and never 0 there";
constexpr const char* position =
    "Each coordinate of `position` has no n, and in each phase it is a number plus a number times p";
constexpr const char* relu =
    "a coordinate that is not negative at b and does not fall with u is left, one that is not positive at b and does "
    "not rise becomes 0, and there is no other";
constexpr const char* brought = "what output(value(y)) is, a form without p";
constexpr const char* preferred =
    "b is preferred if its score less that of a is never 0 and never negative, a if it is never 0 and never positive, "
    "the tie's side where it can also be 0";
constexpr const char* window =
    "The head's window is W for a head that may see to its left, if its bias has j, or if it has a query and some "
    "coordinate of `position` is not a number in some phase; else it is 0";
constexpr const char* out_of_reach =
    "What is far is *out of reach* for a query if at one of these distances each kind that occurs there is preferred "
    "to "
    "each that occurs far: at one from 1 to the head's window; or, if the head sees the asking position itself, at 0";
constexpr const char* own_query = "at 0, where only positions count whose query it is";
constexpr const char* right_out_of_reach =
    "What is right is so if at 0 each of these is preferred to each kind that occurs to the right";
constexpr const char* together = "Kinds that do not occur together do not count";
constexpr const char* last_is_last =
    "the last position of a sequence with an end symbol is neither far nor at a distance of 1 or more";
constexpr const char* forgotten = "What is out of reach is not remembered, nor held against other positions";
constexpr const char* sides =
    "That each preference that is asked for exists, that no ReLU and no final score (0 or more of them, p as above) "
    "changes its side within a phase, is part of the obligation";

std::vector<Forgery> claims() {
    return {
        {lengths, "window", claim("\"from\": 0", "\"from\": 2"), "question", "claim.lengths.from"},
        {lengths, "window", claim("{\"from\": 0}", "{\"from\": 0, \"to\": 5}"), "question", "unknown key \"to\""},
        {lengths, "window", claim("{\"from\": 0}", "{}"), "question", "the key \"from\" is missing"},
        {lengths, "window", claim("{\"from\": 0}", "{\"from\": 0}, \"length\": 3"), "question",
         "unknown key \"length\""},
        {verified, "window", claim("regex:1|(0|1)*1(0|1)", "regex:(0|1)*1(0|1)"), "closure", "is told otherwise"},
        {verified, "modulus", claim("regex:((0|1)(0|1))*", "regex:((0|1)(0|1)(0|1)(0|1))*"), "closure",
         "is told otherwise"},
        {verified, "guess", claim("contains:01", "contains:11"), "closure", "is told otherwise"},
        {verified, "carried", claim("\"last\"", "\"first\""), "closure", "is told otherwise"},
        {verified, "window", put("evidence", R"({"kind": "exhaustion", "words": 1})"), "question",
         "evidence of this kind is about one length"},
        {greatest, "window",
         both(model("\"version\": 1", "\"version\": 2"), model("\"end\"", "\"max_length\": 9, \"end\"")), "question",
         "the model has a greatest length"},
        {from_zero, "modulus", both(model("\"begin\": \"^\",", ""), model(", \"^\": [0]", "")), "question",
         "there is no empty sequence to read"},
        {no_table, "modulus", claim("regex:((0|1)(0|1))*", "table:0"), "question", "a table is of one length"},
        {no_keys, "window", claim("\"verdict\"", "\"without\": [[1, 1]], \"verdict\""), "question",
         "unknown key \"without\""},
        {no_keys, "window", claim("\"verdict\"", "\"robust\": 0, \"verdict\""), "question", "unknown key \"robust\""},
        {no_keys, "window", claim("\"verdict\"", "\"instead\": {}, \"verdict\""), "question",
         "unknown key \"instead\""},
        {witness, "not at every length", evidence("\"01\"", "\"0\""), "witness", "language says otherwise"},
        {witness, "not at every length", evidence("\"01\"", "\"11\""), "witness", "the model does otherwise"},
        {witness, "not at every length", both(claim("\"from\": 0", "\"from\": 1"), evidence("\"01\"", "\"\"")),
         "witness", "the claim says nothing of the empty word"},
        {witness, "not at every length", put("evidence", R"({"kind": "closure", "states": 9, "first": 0, "period": 1,
         "window": 2})"),
         "question", "does not fit the verdict"},
    };
}

std::vector<Forgery> closures() {
    return {
        {closure, "window", evidence(", \"window\": 2", ""), "question", "the key \"window\" is missing"},
        {closure, "window", evidence("\"window\": 2", "\"window\": 2, \"words\": 4"), "question",
         "unknown key \"words\""},
        {closure, "window", add_file("machine.json", "{}"), "digest", "machine.json"},
        {ranges, "window", evidence("\"states\": 7", "\"states\": 0"), "question", "evidence.states"},
        {ranges, "window", evidence("\"states\": 7", "\"states\": 4194305"), "question", "evidence.states"},
        {ranges, "window", evidence("\"first\": 0", "\"first\": 65"), "question", "evidence.first"},
        {ranges, "modulus", evidence("\"period\": 2", "\"period\": 0"), "question", "evidence.period"},
        {ranges, "modulus", evidence("\"period\": 2", "\"period\": 1025"), "question", "evidence.period"},
        {ranges, "window", evidence("\"window\": 2", "\"window\": 65"), "question", "evidence.window"},
        {pairs, "window", evidence("\"states\": 7", "\"states\": 6"), "closure", "there are more pairs of states"},
        {pairs, "modulus", evidence("\"states\": 2", "\"states\": 1"), "closure", "there are more pairs of states"},
        {pairs, "guess", evidence("\"states\": 7", "\"states\": 6"), "closure", "there are more pairs of states"},
        {differ, "modulus", claim("regex:((0|1)(0|1))*", "regex:((0|1)(0|1))+"), "closure", "is told otherwise"},
        // Without attention, and with letters that hold what the end symbol holds: the answer is that of the end alone.
        {differ, "modulus",
         both(claim("\"from\": 0", "\"from\": 1"), both(model("\"begin\": \"^\"", "\"begin\": \"^\", \"end\": \"$\""),
                                                        model("\"^\": [0]", "\"^\": [0], \"$\": [0]"))),
         "closure", "is told otherwise"},
    };
}

std::vector<Forgery> machines() {
    return {
        {regular, "window", claim("regex:1|(0|1)*1(0|1)", "palindrome"), "closure", "no automaton at all lengths"},
        {regular, "window", claim("regex:1|(0|1)*1(0|1)", "majority"), "closure", "no automaton at all lengths"},
        {plain, "window", model("\"hard\"", "\"average\""), "closure", "a closure needs hard attention throughout"},
        {plain, "window",
         both(model("\"version\": 1", "\"version\": 2"), model("{\"attention\"", "{\"repeat\": 2, \"attention\"")),
         "closure", "layers that stand once"},
        {plain, "window", model("\"last\"", "\"first\""), "closure", "a readout at the last position"},
        {plain, "window", both(model("\"version\": 1", "\"version\": 2"), model("\"bias\": 0", "\"bias\": \"n\"")),
         "closure", "a bias that is a number"},
        {plain, "guess",
         both(model("\"version\": 1", "\"version\": 2"),
              model("{\"maps\"", "{\"activation\": \"leaky-relu\", \"slope\": 0.5, \"maps\"")),
         "closure", "maps with relu"},
        {plain, "modulus",
         both(model("\"version\": 1", "\"version\": 2"),
              model("[\"mod(i,2)\"]", "{\"table\": [[1], [0], [1]], \"first\": 1}")),
         "closure", "positions without a table"},
        {layers, "modulus", model("\"layers\": []", "\"layers\": [" + empty_layers(1025) + "]"), "closure",
         "a closure needs a model of at most 1024 layers"},
        {bits, "window", model("-abs(j-i+2)", "-abs(j-i+2)+(((2^64)^64)^64)^8*0"), "closure",
         "a number of more than 2^21 bits in a score"},
        {values, "window", model("-abs(j-i+2)", "2^j"), "closure", "to have a value at all lengths"},
        {divisors, "window", model("-abs(j-i+2)", "1/(j-7)"), "closure", "to have a value at all lengths"},
        {moduli, "modulus", model("mod(i,2)", "mod(i,5-i)"), "closure", "to have a value at all lengths"},
        {scale, "carried", model("\"scale\": \"n\"", "\"scale\": \"n-3\""), "closure",
         "the scale is not seen to be positive"},
        {position, "modulus", model("mod(i,2)", "mod(i,2)*[n > 3]"), "closure", "it depends on the length"},
        {position, "modulus", evidence("\"period\": 2", "\"period\": 1"), "closure", "a number plus a number times p"},
        {position, "modulus", model("mod(i,2)", "mod(i,2)*i*i"), "closure", "a number plus a number times p"},
        {position, "modulus", model("mod(i,2)", "mod(i,2)*[i > 4]"), "closure", "a number plus a number times p"},
        {relu, "carried",
         model("[[[0, 1, 0]], [[0], [1], [0]]]", "[{\"weight\": [[0, 1, 0]], \"bias\": [-4]}, [[0], [1], [0]]]"),
         "closure", "changes its side of 0"},
        {relu, "carried",
         model("[[[0, 1, 0]], [[0], [1], [0]]]", "[{\"weight\": [[0, -1, 0]], \"bias\": [4]}, [[0], [1], [0]]]"),
         "closure", "changes its side of 0"},
        {brought, "carried", model("\"value\": [[1, 0, 0]]", "\"value\": [[1, 1, 0]]"), "closure",
         "depends on the position it comes from"},
        {preferred, "window", evidence("\"window\": 2", "\"window\": 1"), "closure", "depends on where they are"},
        {preferred, "window", model("-abs(j-i+2)", "-abs(2*j-i)"), "closure", "depends on where they are"},
        {preferred, "window", model("-abs(j-i+2)", "[2*j > n]"), "closure", "depends on where they are"},
        {preferred, "carried", model("\"key\": [[0, 1, 0]]", "\"key\": [[9, 1, 0]]"), "closure",
         "depends on where they are"},
        {sides, "carried", model("\"weight\": [0, 0, 1], \"bias\": 0", "\"weight\": [0, -1, 1], \"bias\": 9"),
         "closure", "the score changes its side of 0"},
    };
}

/// Heads that what is near outdoes all else for, if it is near enough.
std::vector<Forgery> reach() {
    const char* const where = "depends on where they are";
    // So many states that nothing but what is said is in the way.
    const auto nearest = [](const Edit& edit) { return both(evidence("\"states\": 15", "\"states\": 4000"), edit); };
    const auto itself = [](const Edit& edit) { return both(evidence("\"states\": 2", "\"states\": 4000"), edit); };
    return {
        {window, "nearest", nearest(evidence("\"window\": 3", "\"window\": 2")), "closure", where},
        {window, "nearest", model("\"bias\": \"j\"", "\"bias\": \"i\""), "closure", "is told otherwise"},
        {window, "nearest", model("\"strict\"", "\"strict-future\""), "closure", "is told otherwise"},
        {window, "nearest, carried", nearest(evidence("\"window\": 3", "\"window\": 2")), "closure", where},
        {window, "nearest, carried", model("[\"0\", \"i\", \"0\"]", "[\"0\", \"5\", \"0\"]"), "closure",
         "is told otherwise"},
        {out_of_reach, "nearest", nearest(model("\"key\": [[3, 0, 0]]", "\"key\": [[4, 0, 0]]")), "closure", where},
        {out_of_reach, "nearest", nearest(model("\"bias\": \"j\"", "\"bias\": \"j/2\"")), "closure", where},
        {out_of_reach, "nearest", nearest(model("\"right\"", "\"left\"")), "closure", where},
        {out_of_reach, "nearest, carried", nearest(model("\"key\": [[3, 1, 0]]", "\"key\": [[4, 1, 0]]")), "closure",
         where},
        {own_query, "itself",
         itself(model("\"weight\": [[1, 0]], \"bias\": [0]", "\"weight\": [[1, 0]], \"bias\": [1]")), "closure", where},
        {own_query, "itself",
         itself(model("\"weight\": [[1, 0]], \"bias\": [0]", "\"weight\": [[0, 0]], \"bias\": [1]")), "closure", where},
        {right_out_of_reach, "nothing to the right", model("\"key\": [[1, 0, 0]]", "\"key\": [[2, 0, 0]]"), "closure",
         where},
        {right_out_of_reach, "nothing to the right",
         model("\"tie\": \"left\", \"mask\": \"future\"", "\"tie\": \"right\", \"mask\": \"future\""), "closure",
         where},
        {together, "later than the first", model("j-[j = 1]", "j+9*[j = 1]"), "closure", where},
        {together, "later than the first", evidence("\"first\": 1", "\"first\": 0"), "closure", where},
        {last_is_last, "nearest", nearest(model("\"0\": [0, 0, 0]", "\"0\": [-3, 0, 0]")), "closure", where},
        {forgotten, "nearest", evidence("\"states\": 15", "\"states\": 14"), "closure",
         "there are more pairs of states"},
        {forgotten, "later than the first", evidence("\"states\": 3", "\"states\": 2"), "closure",
         "there are more pairs of states"},
    };
}

}  // namespace

Section every_length() {
    Section section{"21", claims()};
    for (const auto& more : {closures(), machines(), reach()})
        section.forgeries.insert(section.forgeries.end(), more.begin(), more.end());
    return section;
}

}  // namespace forgeries
