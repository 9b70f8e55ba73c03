#include <fmt/format.h>

#include <filesystem>
#include <fstream>

#include "attest/base/error.hpp"
#include "brasp_families.hpp"
#include "certify/straight.hpp"
#include "checker/checker.hpp"
#include "circuit/sequential.hpp"
#include "decide/induction/program_step.hpp"
#include "program.hpp"
#include "tables.hpp"
#include "timing.hpp"

// Families of B-RASP programs at every length, of which it is asked whether they accept any word: from text to checked certificate, beside ABC
// on the circuit with latches (whose making is not counted), and beside the seconds that hongjianjiang/llm_verification has published.

namespace attest::benchmarks {

namespace {

struct Family {
    std::string name;
    std::size_t k = 0;
    std::string text;
    std::string none;      ///< the language that has no word, over its alphabet
    double published = 0;  ///< seconds; 0: not of theirs
};

/// Whether there was an `a` just k positions before, and never two in a row.
std::string never_two(std::size_t k) {
    const std::string text = y_depth(k);
    return text.substr(0, text.rfind("output")) +
           fmt::format("two = f0 & f1\nbefore = rightmost(two@j, true)\nout = f{} & !two & !before\noutput out\n", k);
}

/// The k-th of many symbols of one character.
std::string letter(std::size_t k) {
    const std::size_t point = 0x100 + k;
    return {static_cast<char>(0xC0 | point >> 6), static_cast<char>(0x80 | (point & 63))};
}

/// No symbol stands after a greater one, and yet one does: all pairs of k symbols in one question.
std::string monotone(std::size_t k) {
    std::string text = "alphabet", bad;
    for (std::size_t a = 0; a < k; ++a) text += " " + letter(a);
    text += "\n";
    for (std::size_t a = 0; a < k; ++a) text += fmt::format("f{} = symbol {}\n", a, letter(a));
    for (std::size_t a = 0; a < k; ++a)
        for (std::size_t b = 0; b < a; ++b) bad += fmt::format("{}f{}@i & f{}@j", bad.empty() ? "" : " | ", b, a);
    return text + fmt::format("worse = rightmost({0}, {0})\nfirst = leftmost({0}, true)\nout = !worse & first\n", bad);
}

/// The symbols 1, …, last positions before: b whether each is a 1, h whether it is a `c`. The first position, and the positions behind it up
/// to the next `c`.
std::string last_symbols(std::size_t last) {
    std::string text =
        "alphabet 0 1 c\nbegin = bos\none = symbol 1\nhash = symbol c\nb0 = one\nh0 = hash\nstart = rightmost(true, "
        "begin@j)\nfirst = rightmost(hash@j, start@j)\n";
    for (std::size_t k = 1; k <= last; ++k)
        text += fmt::format("b{0} = rightmost(true, b{1}@j)\nh{0} = rightmost(true, h{1}@j)\n", k, k - 1);
    return text;
}

std::string counted(bool one_more) {
    return one_more ? "before = rightmost(done@j, true)\nmore = hash & good & !lost & before\noutput more\n"
                    : "output done\n";
}

/// c bin(0) c bin(1) c … c bin(2^n − 1) c, each bit held against that of the number before; and, if so asked, one more number after it,
/// which there is not.
std::string counter(std::size_t n, bool one_more) {
    std::string text = last_symbols(n + 1);
    // p: the number before, 1 its lowest bit; e: what comes next.
    std::string low = "true", near, wrong, ones = "true";
    for (std::size_t k = 1; k <= n; ++k) {
        text +=
            fmt::format("p{0} = rightmost(hash@j, b{0}@j)\ne{0} = !first & (p{0} & !({1}) | !p{0} & {1})\n", k, low);
        low += fmt::format(" & p{}", k);
        ones += fmt::format(" & b{}", k);
        near += fmt::format("{}h{}", near.empty() ? "" : " | ", k);
        const std::size_t bit = n + 1 - k;
        wrong += fmt::format("{0}h{1} & (b0 & !e{2} | !b0 & e{2})", wrong.empty() ? "" : " | ", k, bit);
    }
    text += fmt::format("over = !first & {}\nwrong = {}\nnear = {}\n", low, wrong, near);
    text += fmt::format("good = start & hash | !hash & near & !wrong & !over | hash & h{} & !near\n", n + 1);
    text += fmt::format("bad = !good & !begin\nlost = rightmost(bad@j, true)\ndone = hash & h{} & {} & good & !lost\n",
                        n + 1, ones);
    return text + counted(one_more);
}

/// The same words, each bit held against that of the number after the last one by one question about the last `c`: which bit it is and what it
/// is here, what it must be there, in 2^(n + 1) cases.
std::string counter_by_pairs(std::size_t n, bool one_more) {
    std::string text = last_symbols(n + 1);
    // b1, …, bn at a `c`: the number that it closes, b1 its lowest bit; s1, …: the one after it.
    std::string low = "true", near, same, ones;
    for (std::size_t k = 1; k <= n; ++k) {
        text += fmt::format("s{0} = !start & (b{0} & !({1}) | !b{0} & {1})\n", k, low);
        low += fmt::format(" & b{}", k);
        ones += fmt::format(" & b{}", k);
        near += fmt::format("{}h{}", k == 1 ? "" : " | ", k);
        same += fmt::format("{0}h{1}@i & (b0@i & s{2}@j | !b0@i & !s{2}@j)", k == 1 ? "" : " | ", k, n + 1 - k);
    }
    text += fmt::format(
        "near = {}\nones = !start{}\nover = rightmost(hash@j, ones@j)\nsame = rightmost(hash@j, {})\n"
        "good = start & hash | !start & !hash & near & same & !over | !start & hash & h{} & !near\n",
        near, ones, same, n + 1);
    text += "bad = !good & !begin\nlost = rightmost(bad@j, true)\ndone = hash & ones & good & !lost\n";
    return text + counted(one_more);
}

/// ABC wants latches that begin with 0: the others are written complemented.
circuit::Sequential zeroed(const induction::StepCircuit& step) {
    circuit::Builder builder(std::size_t{4} << 30);
    const circuit::Circuit& c = step.circuit();
    std::vector<circuit::Literal> nodes{circuit::bottom};
    const auto of = [&](circuit::Literal l) { return nodes[l.node()] ^ l.complemented(); };
    for (std::size_t k = 0; k < c.input_count(); ++k)
        nodes.push_back(builder.add_input(c.input_name(k)) ^
                        (k >= step.letter_inputs && step.initial[k - step.letter_inputs]));
    for (circuit::Node v = c.first_gate(); v < c.node_count(); ++v) {
        std::vector<circuit::Literal> fan_ins;
        for (const circuit::Literal l : c.fan_ins(v)) fan_ins.push_back(of(l));
        nodes.push_back(c.kind(v) == circuit::GateKind::exclusive_or ? builder.exclusive_or(fan_ins[0], fan_ins[1])
                                                                     : builder.conjunction(fan_ins));
    }
    circuit::Sequential result;
    for (std::size_t k = 0; k < step.latches(); ++k)
        result.latches.push_back({fmt::format("latch {}", k), of(step.next[k]) ^ step.initial[k], false});
    result.bad.push_back({"bad", of(step.bad)});
    // Of three letters and more exactly one is read.
    if (step.letter_inputs >= 3) {
        std::vector<circuit::Literal> letters, rules;
        for (const circuit::Literal l : step.letters) letters.push_back(of(l));
        rules.push_back(builder.disjunction(letters));
        for (std::size_t a = 0; a < letters.size(); ++a)
            for (std::size_t b = a + 1; b < letters.size(); ++b)
                rules.push_back(!builder.conjunction({letters[a], letters[b]}));
        builder.circuit().add_constraint("one letter", builder.conjunction(rules));
    }
    result.step = std::move(builder).take();
    return result;
}

Cell ask_abc(const Family& family, const programs::brasp::Program& program, const language::Language& none_at_all,
             const Settings& settings) {
    const std::string path = settings.directory + "/deep.aig";
    {
        std::vector<language::Symbol> meaning;
        for (language::Symbol a = 0; a < program.alphabet.size(); ++a) meaning.push_back(a);
        std::ofstream out(path, std::ios::binary);
        write_aiger_binary(zeroed(induction::program_step(program, induction::automaton_of(none_at_all), meaning)),
                           out);
    }
    const Run run =
        run_program({"berkeley-abc", "-q", "read_aiger " + path + "; fold; strash; pdr -F 1000000"}, settings.limit);
    if (run.late || !run.finished) return more_than(settings.limit);
    if (run.output.find("Property proved") == std::string::npos && run.output.find("asserted") == std::string::npos)
        throw base::InternalError("berkeley-abc says nothing of " + family.name + ": " + run.output);
    return seconds(run.seconds);
}

void add_deep(Table& table, const Family& family, const Settings& settings) {
    const programs::brasp::Program program = programs::brasp::parse(family.text, family.name);
    const language::Alphabet alphabet(program.alphabet);
    const language::Language none_at_all = language::Language::parse(family.none, alphabet);
    const std::string directory = settings.directory + "/deep";
    std::optional<certify::EveryLength> result;
    const double spent = best_of(1, [&] {
        certify::Archive archive{std::optional(directory)};
        result = certify::recognise_at_every_length(
            certify::StraightSubject{
                family.name, family.text, programs::brasp::parse(family.text, family.name), none_at_all, {}},
            0, {}, archive);
        if (result->verdict.is_undecided() || !archive.finish({""}))
            throw base::InternalError(family.name + ": undecided");
    });
    const double check = best_of(1, [&] {
        if (!checker::check(directory).accepted) throw base::InternalError("a certificate is refused");
    });
    std::filesystem::remove_all(directory);
    const decide::Counterexample* word = result->outcome.counterexample();
    table.add({text(family.name), count(family.k), word ? count(word->word.size()) : text("none"), seconds(spent),
               seconds(check), has_program("berkeley-abc") ? ask_abc(family, program, none_at_all, settings) : none(),
               family.published > 0 ? seconds(family.published) : none(),
               family.published > 0 ? ratio(family.published / spent) : none()});
}

}  // namespace

Table deep_table(const Settings& settings) {
    Table table("deep", "B-RASP programs at every length: do they accept any word?",
                {"family", "k", "symbols of a word", "ours", "check", "abc pdr", "published", "published/ours"});
    table.begin();
    const std::string all = letter(0) + "-" + letter(255);
    for (const Family& family : {Family{"dot_depth", 3200, dot_depth(3200), "regex:[^ab]", 8.85},
                                 Family{"y_depth", 32000, y_depth(32000), "regex:[^ab]", 64.0},
                                 Family{"no2a", 64000, never_two(64000), "regex:[^ab]", 37.9},
                                 Family{"two_var", 256, monotone(256), "regex:[^" + all + "]", 93.1},
                                 Family{"marks", 2400, marks(2400), "regex:[^am]", 41.8},
                                 Family{"same", 1200, marked_same(1200), "regex:[^abm]", 11.5},
                                 Family{"counter", 8, counter(8, false), "regex:[^01c]"},
                                 Family{"counter", 10, counter(10, false), "regex:[^01c]"},
                                 Family{"counter, one more", 8, counter(8, true), "regex:[^01c]"},
                                 Family{"counter, one more", 10, counter(10, true), "regex:[^01c]"},
                                 Family{"counter by pairs", 8, counter_by_pairs(8, false), "regex:[^01c]"},
                                 Family{"counter by pairs", 10, counter_by_pairs(10, false), "regex:[^01c]"},
                                 Family{"counter by pairs, one more", 8, counter_by_pairs(8, true), "regex:[^01c]"},
                                 Family{"counter by pairs, one more", 10, counter_by_pairs(10, true), "regex:[^01c]"}})
        add_deep(table, family, settings);
    table.note(
        "from text to checked certificate, and the check alone; abc pdr: a bare answer about the circuit, whose making "
        "is not counted; published: hongjianjiang/llm_verification on a MacBook Pro, the best of its routes, start of "
        "the "
        "JVM (0.4 to 0.7 s) included, on programs of the same meaning as ours");
    return table;
}

}  // namespace attest::benchmarks
