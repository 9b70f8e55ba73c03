#include <algorithm>

#include "attest/base/error.hpp"
#include "programs/crasp/program.hpp"
#include "programs/rasp/program.hpp"
#include "programs/zoo/zoo_programs.hpp"

// Programs that have no weights: the algorithms of RASP's paper, and what Tracr's library compiles, in the text of RASP; and those
// that are cited for C-RASP, in its text. Each is a program over finite values for words of its lengths.

namespace attest::programs {

namespace {

struct ProgramRow {
    ZooProgram entry;
    std::vector<std::string> alphabet;
    std::pair<std::int64_t, std::int64_t> lengths;
    std::vector<std::string> accept;
    const char* text;
    bool counts = false;  ///< the text is of C-RASP, and says its alphabet; else of RASP
};

constexpr const char* paper = "weiss2021thinking";
constexpr const char* tracr = "lindner2023tracr";
constexpr const char* counting = "yang2024counting";

constexpr const char* brackets_text = R"---(
def prefix_mean(seq) { return aggregate(select(indices, indices, <=), seq); }
def brackets(pairs) {
    opens, closes = [p[0] for p in pairs], [p[1] for p in pairs];
    is_open, is_close = indicator(tokens in opens), indicator(tokens in closes);
    depth = round((indices + 1) * prefix_mean(is_open)) - round((indices + 1) * prefix_mean(is_close));
    inner = depth + is_close;
    turn = selector_width(select(inner, inner, ==) and select(indices, indices, <=));
    partner = select(is_open, True, ==) and select(inner, inner, ==) and select(turn, turn - 1, ==);
    fits = aggregate(partner, tokens, "-") + tokens in pairs;
    wrong = prefix_mean(indicator(is_close and not fits or (depth < 0))) > 0;
    return "F" if wrong else ("T" if depth == 0 else "P");
}
)---";

// A bracket is matched by what is open at its depth; for one kind no partner is looked for.
constexpr const char* one_kind = R"---(
up_to_here = select(indices, indices, <=);
opens = round((indices + 1) * aggregate(up_to_here, indicator(tokens == "(")));
depth = 2 * opens - (indices + 1);
below = aggregate(up_to_here, indicator(depth < 0)) > 0;
state = "F" if below else ("T" if depth == 0 else "P");
)---";

const std::string& two_kinds() {
    static const std::string text = std::string(brackets_text) + "state = brackets([\"()\", \"{}\"]);\n";
    return text;
}

const std::vector<ProgramRow>& program_rows() {
    static const std::vector<ProgramRow> rows = {
        {{"crasp-anbn", "", "anbn", counting, "no a after a b, and as many of one as of the other"},
         {},
         {1, 16},
         {},
         R"---(
alphabet a b
as = #[Q(a)]
bs = #[Q(b)]
late = Q(a) & bs > 0
sorted = #[late] = 0 & as = bs
)---",
         true},
        {{"crasp-dyck-1", "", "dyck:1", counting, "no prefix closes more than it opened, and the word closes all"},
         {},
         {1, 16},
         {},
         R"---(
alphabet "(" ")"
opened = #[Q("(")]
closed = #[Q(")")]
below = closed > opened
balanced = #[below] = 0 & opened = closed
)---",
         true},
        {{"crasp-majority", "", "majority", counting, "the 1s so far are more than the 0s so far"},
         {},
         {1, 16},
         {},
         R"---(
alphabet 0 1
more = #[Q(1)] > #[Q(0)]
)---",
         true},
        // Letters are instructions: a and b add 1 to x, c takes 1 from x, d and e add 1 to y, f asks whether x is 0. States are
        // what the counts of letters that lead in and out leave. Such a program accepts the halting runs of a counter machine, and
        // whether there is one is undecidable.
        {{"crasp-minsky", "", "regex:abcdecdef", counting,
          "the one run of a machine with two counters that sets x to 2, and then moves it to y, twice for each"},
         {},
         {1, 9},
         {},
         R"---(
alphabet a b c d e f
na = #[Q(a)]
nb = #[Q(b)]
nc = #[Q(c)]
nd = #[Q(d)]
ne = #[Q(e)]
nf = #[Q(f)]
x = na + nb - nc
add = Q(a) & 1 - na = 0 | Q(b) & na - nb = 0
take = Q(c) & nb + ne - nc - nf = 0 & x >= 0
move = Q(d) & nc - nd = 0 | Q(e) & nd - ne = 0
halt = Q(f) & nb + ne - nc - nf = 0 & x = 0
wrong = #[!(add | take | move | halt)]
halted = wrong = 0 & Q(f)
)---",
         true},
        {{"rasp-double-hist", "double-hist", "", paper, "of each symbol the first counts those that are as frequent"},
         {"a", "b", "c"},
         {1, 6},
         {},
         R"---(
often = selector_width(select(tokens, tokens, ==));
first = selector_width(select(tokens, tokens, ==) and select(indices, indices, <)) == 0;
alike = selector_width(select(often, often, ==) and select(first, True, ==));
)---"},
        {{"rasp-dyck-1", "dyck-ptf:1", "", paper, "the balance so far, and whether it was ever negative"},
         {"(", ")"},
         {1, 8},
         {"T"},
         one_kind},
        {{"rasp-dyck-2", "dyck-ptf:2", "", paper, "each bracket that closes reads the one that is open at its depth"},
         {"(", ")", "{", "}"},
         {1, 6},
         {"T"},
         two_kinds().c_str()},
        {{"rasp-hist", "hist", "", paper, "how many positions hold the symbol"},
         {"a", "b", "c"},
         {1, 8},
         {},
         "often = selector_width(select(tokens, tokens, ==));"},
        {{"rasp-most-freq", "most-freq", "", paper, "first occurrences sorted by how often their symbol occurs"},
         {"a", "b", "c"},
         {1, 5},
         {},
         R"---(
often = selector_width(select(tokens, tokens, ==));
first = selector_width(select(tokens, tokens, ==) and select(indices, indices, <)) == 0;
key = -often if first else 0;
before = (select(key, key, ==) and select(indices, indices, <)) or select(key, key, <);
place = selector_width(before);
sorted = aggregate(select(place, indices, ==), tokens if first else "<s>");
)---"},
        {{"rasp-reverse", "reverse", "", paper, "each position reads its mirror image"},
         {"a", "b", "c"},
         {1, 8},
         {},
         "mirrored = aggregate(select(indices, length - 1 - indices, ==), tokens);"},
        {{"rasp-sort", "sort", "", paper, "the number of those that come before is the place"},
         {"a", "b", "c"},
         {1, 6},
         {},
         R"---(
before = (select(tokens, tokens, ==) and select(indices, indices, <)) or select(tokens, tokens, <);
place = selector_width(before);
sorted = aggregate(select(place, indices, ==), tokens);
)---"},
        {{"tracr-count", "count:a", "", tracr, "how many positions hold an a"},
         {"a", "b", "c"},
         {1, 8},
         {},
         "count_a = selector_width(select(tokens, \"a\", ==));"},
        {{"tracr-count-less-freq", "", "", tracr, "how many positions hold a symbol that occurs at most twice"},
         {"a", "b", "c"},
         {1, 6},
         {},
         R"---(
often = selector_width(select(tokens, tokens, ==));
rare = selector_width(select(often, 2, <=));
)---"},
        {{"tracr-detect-pattern", "", "regex:(a|b|c)*abc", tracr,
          "a c behind a b behind an a; the last position decides"},
         {"a", "b", "c"},
         {1, 8},
         {},
         R"---(
def before(seq, k) { return aggregate(select(indices, indices - k, ==), seq, False); }
found = before(tokens == "a", 2) and before(tokens == "b", 1) and (tokens == "c");
)---"},
        {{"tracr-frac-prevs", "", "", tracr, "which part of the symbols so far is an a"},
         {"a", "b"},
         {1, 8},
         {},
         "part = aggregate(select(indices, indices, <=), indicator(tokens == \"a\"));"},
        {{"tracr-frac-prevs-map", "", "", tracr, "whether at least three fifths of the symbols so far are an a"},
         {"a", "b"},
         {1, 8},
         {},
         R"---(
part = aggregate(select(indices, indices, <=), indicator(tokens == "a"));
enough = part >= 0.6;
)---"},
        {{"tracr-hist", "hist", "", tracr, "how many positions hold the symbol"},
         {"a", "b"},
         {1, 10},
         {},
         "often = selector_width(select(tokens, tokens, ==));"},
        {{"tracr-length", "", "", tracr, "how many positions there are"},
         {"a"},
         {1, 14},
         {},
         "n = selector_width(select(1, 1, ==));"},
        {{"tracr-pair-balance", "", "", tracr, "the part of those that open less the part of those that close, so far"},
         {"(", ")"},
         {1, 8},
         {},
         R"---(
def part(symbol) { return aggregate(select(indices, indices, <=), indicator(tokens == symbol)); }
balance = part("(") - part(")");
)---"},
        {{"tracr-reverse", "reverse", "", tracr, "each position reads its mirror image"},
         {"a", "b", "c"},
         {1, 8},
         {},
         R"---(
mirror = length - indices - 1;
reverse = aggregate(select(indices, mirror, ==), tokens);
)---"},
        {{"tracr-shift", "shift:1", "", tracr, "each position reads the one before"},
         {"a", "b", "c"},
         {1, 8},
         {},
         "shifted = aggregate(select(indices, indices - 1, ==), tokens, \"<s>\");"},
        {{"tracr-shuffle-dyck-1", "", "dyck:1", tracr, "no balance so far is negative, and the last one is 0"},
         {"(", ")"},
         {1, 8},
         {},
         R"---(
def part(symbol) { return aggregate(select(indices, indices, <=), indicator(tokens == symbol)); }
balance = part("(") - part(")");
negative = aggregate(select(1, 1, ==), indicator(balance < 0));
zero = aggregate(select(indices, length - 1, ==), balance == 0, False);
balanced = zero and not negative;
)---"},
        {{"tracr-shuffle-dyck-2", "", "shuffle:2", tracr, "the same for two kinds, each alone"},
         {"(", ")", "[", "]"},
         {1, 5},
         {},
         R"---(
def part(symbol) { return aggregate(select(indices, indices, <=), indicator(tokens == symbol)); }
round_ones = part("(") - part(")");
square_ones = part("[") - part("]");
negative = aggregate(select(1, 1, ==), indicator(round_ones < 0 or (square_ones < 0)));
zero = aggregate(select(indices, length - 1, ==), round_ones == 0 and (square_ones == 0), False);
balanced = zero and not negative;
)---"},
        {{"tracr-sort", "sort", "", tracr,
          "keys made different by a part of the index; the number of smaller ones is the place"},
         {"1", "2", "3"},
         {1, 5},
         {},
         R"---(
key = tokens_int + indices / 5;
place = selector_width(select(key, key, <));
sorted = aggregate(select(place, indices, ==), tokens);
)---"},
        {{"tracr-sort-freq", "", "", tracr, "the same with keys by how often a symbol occurs"},
         {"a", "b", "c"},
         {1, 5},
         {},
         R"---(
key = indices / 5 - selector_width(select(tokens, tokens, ==));
place = selector_width(select(key, key, <));
sorted = aggregate(select(place, indices, ==), tokens);
)---"},
        {{"tracr-sort-unique", "", "", tracr,
          "the number of smaller symbols is the place; right where no symbol is there twice"},
         {"1", "2", "3"},
         {1, 5},
         {},
         R"---(
place = selector_width(select(tokens, tokens, <));
sorted = aggregate(select(place, indices, ==), tokens_int);
)---"},
    };
    return rows;
}

const ProgramRow* find_row(const std::string& name) {
    const auto& rows = program_rows();
    const auto found =
        std::find_if(rows.begin(), rows.end(), [&](const ProgramRow& row) { return row.entry.name == name; });
    return found == rows.end() ? nullptr : &*found;
}

}  // namespace

const std::vector<ZooProgram>& zoo_programs() {
    static const std::vector<ZooProgram> entries = [] {
        std::vector<ZooProgram> all;
        for (const ProgramRow& row : program_rows()) {
            all.push_back(row.entry);
            all.back().lengths = "N <= " + std::to_string(row.lengths.second);
        }
        return all;
    }();
    return entries;
}

std::optional<std::string> zoo_counting_text(const std::string& name) {
    const ProgramRow* row = find_row(name);
    return row != nullptr && row->counts ? std::optional<std::string>(row->text) : std::nullopt;
}

std::optional<network::Program> zoo_program(const std::string& name) {
    const ProgramRow* row = find_row(name);
    if (row == nullptr) return std::nullopt;
    if (row->counts) return crasp::as_program(crasp::parse(row->text, "zoo:" + name), name, row->lengths);
    const auto no_files = [](const std::string& path) -> std::string {
        throw base::InputError(path, "no other file", "one that is loaded");
    };
    const rasp::Program program = rasp::evaluate(row->text, "zoo:" + name, "", no_files, {});
    const rasp::Frame frame{row->alphabet, {}, {}, row->lengths, {}};
    return rasp::lower(program.graph, program.output, frame, {.every = true, .accept = row->accept}, name).program;
}

}  // namespace attest::programs
