#include "invariants.hpp"

namespace forgeries {
namespace {

Edit claim(const std::string& from, const std::string& to) { return in("claim", from, to); }
Edit evidence(const std::string& from, const std::string& to) { return in("evidence", from, to); }
Edit machine(const std::string& from, const std::string& to) { return in("machine.json", from, to); }
Edit model(const std::string& from, const std::string& to) { return in("model.json", from, to); }

/// The next literal of a latch is this one.
Edit next_of(int latch, int literal) {
    return [=](Certificate& certificate) {
        std::string& text = certificate.files.at("machine.json");
        const std::string key = "\"next\": ";
        std::size_t at = text.find(key);
        for (int k = 0; k < latch; ++k) at = text.find(key, at + 1);
        at += key.size();
        text.replace(at, text.find('}', at) - at, std::to_string(literal));
    };
}

constexpr const char* key =
    "The evidence of section 31 about a model file may have the further key `\"window\": W`, W in the range of section "
    "21";
constexpr const char* needs = "What section 21 needs, for this t, m and W, it then needs";
constexpr const char* same_files = "Files, obligations and formula are those of section 31";
constexpr const char* the_step =
    "the step is the following, in which the begin symbol is read in a step before those of "
    "the letters, and what is to the right of a position is guessed";
constexpr const char* inputs =
    "then one for each right kind of each register in order (layer, head, query), then one for each latch; `inputs` "
    "counts all but the last";
constexpr const char* near = "for each distance from 1 to W one for each inner value at the boundary below";
constexpr const char* registers =
    "for each of its registers in order (head, query) one for each far kind and one for "
    "each right kind";
constexpr const char* at_first = "At first these are true: the first phase, fits, the start";
constexpr const char* counts_once = "The next of its latch is g; of several inputs the first one counts";
constexpr const char* otherwise = "for each kind in order xor(its latch, f): it was guessed otherwise";
constexpr const char* fits = "next of fits = and(fits, ¬and(begun, w)). Next of begun is ⊤";
constexpr const char* bad = "bad = and of begun, of d, and if some register has right kinds of the next of fits";

constexpr const char* far_kinds =
    "Its *far kinds* are, if the head may see to its left, and what is far is not out of reach for the query (section "
    "21), the kinds that the inner values there have for this query, in order, each once; what occurs far, or at a "
    "distance of 1 or more, are the inner values there, and at 0 the inner and the end's values there";

const char* const window = "invariant: a window";
const char* const two = "invariant: one of two";
const char* const far = "invariant: a window and what is far";
const char* const guesses = "invariant: guesses";
const char* const to_an_end = "invariant: guesses to an end";

/// The step's files with a latch, or a gate, told otherwise: what is shown then is of another machine.
std::vector<Forgery> machines_of_guesses() {
    return {
        {inputs, guesses, machine("\"inputs\": 3", "\"inputs\": 1"), "translation", "machine.json: inputs"},
        {inputs, window, machine("\"inputs\": 1", "\"inputs\": 2"), "translation", "machine.json: inputs"},
        {near, window, evidence("\"window\": 1", "\"window\": 2"), "translation", "11 latches were expected, 8"},
        {near, window, evidence("\"window\": 1", "\"window\": 0"), "translation", "model.json: layers[0].attention"},
        {near, far, evidence("\"window\": 1", "\"window\": 2"), "translation", "12 latches were expected, 9"},
        {registers, far, in("machine.json", "\"latches\": [", "\"latches\": [{\"initial\": 0, \"next\": 0}, "),
         "translation", "9 latches were expected, 10 were found"},
        // What is far is remembered where it need not be, and must be where something else would do.
        {far_kinds, window, in("machine.json", "\"latches\": [", "\"latches\": [{\"initial\": 0, \"next\": 0}, "),
         "translation", "8 latches were expected, 9 were found"},
        {far_kinds, two, model("[[1.5, 0]]", "[[2.5, 0]]"), "translation", "depends on where they are"},
        {far_kinds, two, evidence("\"window\": 1", "\"window\": 0"), "translation", "depends on where they are"},
        {far_kinds, far, model("-3*[j = i-1]", "3*[j = i-1]"), "translation", "7 latches were expected, 9 were found"},
        {registers, guesses, machine("{\"initial\": 0", "{\"start\": 0"), "translation", "unknown key \"start\""},
        {registers, guesses, in("machine.json", "\"latches\": [", "\"latches\": [{\"initial\": 0, \"next\": 0}, "),
         "translation", "9 latches were expected, 10 were found"},
        {at_first, guesses, machine("{\"initial\": 1", "{\"initial\": 0"), "translation", "latches[1].initial"},
        {at_first, guesses, machine("{\"initial\": 0", "{\"initial\": 1"), "translation", "latches[0].initial"},
        {at_first, to_an_end, machine("{\"initial\": 1", "{\"initial\": 0"), "translation", "latches[1].initial"},
        {at_first, window, machine("{\"initial\": 0", "{\"initial\": 1"), "translation", "latches[0].initial"},
        // As if a guess were never asked for, and as if all fitted for ever.
        {otherwise, guesses, machine("[\"xor\"", "[\"and\""), "translation", "another gate was expected"},
        {otherwise, to_an_end, machine("[\"xor\"", "[\"and\""), "translation", "another gate was expected"},
        {fits, guesses, next_of(1, 1), "translation", "latches[1].next"},
        {fits, guesses, next_of(0, 0), "translation", "latches[0].next"},
        {counts_once, guesses, next_of(3, 6), "translation", "latches[3].next"},
        {bad, guesses, machine("\"bad\": ", "\"bad\": 1"), "translation", "machine.json: bad"},
        {bad, to_an_end, machine("\"bad\": ", "\"bad\": 1"), "translation", "machine.json: bad"},
    };
}

std::vector<Forgery> questions_of_guesses() {
    return {
        {key, window, evidence("\"window\": 1", "\"window\": 65"), "question", "evidence.window"},
        {key, window, evidence("\"window\": 1", "\"window\": -1"), "question", "evidence.window"},
        {key, guesses, evidence("\"lrat\"", "\"xlrup\""), "question", "\"lrat\" was expected"},
        {the_step, guesses, evidence(", \"window\": 0", ""), "translation",
         "an invariant needs heads that see to the left"},
        {the_step, "invariant: kinds", evidence("\"period\": 1", "\"period\": 1, \"window\": 0"), "translation",
         "5 latches were expected, 4 were found"},
        {needs, guesses, model("\"hard\"", "\"average\""), "translation", "hard attention throughout"},
        {needs, guesses, claim("contains:1", "palindrome"), "translation", "no automaton at all lengths"},
        {needs, window, model("-abs(i-j-1)", "-abs(i-2*j-1)"), "translation", "depends on where they are"},
        {same_files, guesses, without("machine.json"), "digest", "machine.json"},
        {same_files, guesses, add_file("circuit.json", "{}"), "digest", "circuit.json"},
        {same_files, guesses, claim("contains:1", "contains:0"), "translation", "machine.json"},
        {same_files, guesses, claim("\"verified\"", "\"refuted\""), "question", "does not fit the verdict"},
        {same_files, window, without_line("proof.lrat", -1), "refutation", "proof.lrat"},
    };
}

/// Invariants that are none: each with the formula that belongs to it.
std::vector<Forgery> no_invariants() {
    const auto of_guesses = [](const char* original, const std::string& gates, const std::string& conjuncts) {
        return other_invariant(original, invariant_of(9, gates, conjuncts));
    };
    // Without: the guess of the first symbol is right; what it says if it is 1; the automaton is somewhere.
    const std::string gates =
        R"(["and", 9, 19], ["and", 2, 4, 10, 21], ["and", 13, 15], ["and", 2, 4, 20, 25], ["and", 2, 11, 24],
           ["and", 17, 19], ["and", 11, 19, 24], ["and", 3, 33])";
    return {
        {same_files, guesses, of_guesses("guesses", gates, "27, 29, 31, 35"), "refutation", "proof.lrat"},
        {same_files, guesses, of_guesses("guesses", gates, "23, 29, 31, 35"), "refutation", "proof.lrat"},
        {same_files, guesses, of_guesses("guesses", gates, "23, 27, 29, 31"), "refutation", "proof.lrat"},
        {same_files, to_an_end, of_guesses("guesses to an end", gates, "27, 29, 31, 35"), "refutation", "proof.lrat"},
        {same_files, guesses, of_guesses("guesses", gates, "23, 27, 29, 31, 35, 5"), "base",
         "it is false before the first letter"},
        {same_files, window, other_invariant("a window", invariant_of(8, R"(["and", 13, 17], ["xor", 6, 19])", "21")),
         "refutation", "proof.lrat"},
        // Without: what is just before is something; the automaton is somewhere.
        {same_files, far,
         other_invariant(
             "a window and what is far",
             invariant_of(9, R"(["and", 7, 13], ["and", 17, 19], ["xor", 20, 22], ["and", 15, 17, 19])", "25, 27")),
         "refutation", "proof.lrat"},
        {same_files, two, other_invariant("one of two", invariant_of(5, R"(["xor", 4, 8])", "13")), "refutation",
         "proof.lrat"},
    };
}

}  // namespace

Section invariants_with_guesses() {
    std::vector<Forgery> all;
    for (const auto& some : {questions_of_guesses(), machines_of_guesses(), no_invariants()})
        all.insert(all.end(), some.begin(), some.end());
    return {"40", std::move(all)};
}

}  // namespace forgeries
