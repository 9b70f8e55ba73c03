#include "counted_language.hpp"

#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "base/quote.hpp"
#include "base/text.hpp"
#include "command.hpp"
#include "decide/counting/accepted.hpp"
#include "decide/counting/depth_one.hpp"
#include "language/shortest_words.hpp"
#include "record/model_language.hpp"

namespace attest::cli {

namespace {

using counting::AcceptedCounts;
using Names = std::vector<std::string>;

constexpr std::size_t most_examples = 8, words_looked_at = 20000, most_sets = 12;

/// `2 #a - #b`, of terms with this sign.
std::string side_text(const Names& names, const counting::Form& form) {
    std::string text;
    for (const auto& [symbol, times] : form.terms) {
        const mpz_class size = abs(times);
        text += text.empty() ? (times < 0 ? "-" : "") : (times < 0 ? " - " : " + ");
        text += (size == 1 ? "" : size.get_str() + " ") + "#" + base::printable(names[symbol]);
    }
    return text;
}

/// `#a - #b >= 1 & #c = 0`
std::string constraints_text(const Names& names, const std::vector<counting::Constraint>& constraints) {
    std::string text;
    for (const counting::Constraint& c : constraints)
        text += fmt::format("{}{} {} {}", text.empty() ? "" : " & ", side_text(names, c.form),
                            c.is_equation ? "=" : ">=", mpz_class(-c.form.constant).get_str());
    return text.empty() ? "true" : text;
}

/// `2×a + b`
std::string vector_text(const Names& names, const counting::Point& counts) {
    std::string text;
    for (std::size_t a = 0; a < counts.size(); ++a)
        if (counts[a] != 0)
            text += fmt::format("{}{}{}", text.empty() ? "" : " + ", counts[a] == 1 ? "" : counts[a].get_str() + "×",
                                base::printable(names[a]));
    return text.empty() ? "0" : text;
}

std::string linear_set_text(const Names& names, const counting::LinearSet& set) {
    std::string text = vector_text(names, set.base);
    for (const counting::Point& period : set.periods) text += fmt::format(" + ℕ×({})", vector_text(names, period));
    return text;
}

std::string part_text(const Names& names, const AcceptedCounts& part) {
    std::string text =
        fmt::format("  ends in {}: {}\n", base::printable(names[part.last]), constraints_text(names, part.constraints));
    for (std::size_t k = 0; k < part.sets.size() && k < most_sets; ++k)
        text += fmt::format("    {} {}\n", k == 0 ? "=" : "∪", linear_set_text(names, part.sets[k]));
    if (part.sets.size() > most_sets)
        text += fmt::format("    ∪ {} more linear sets, which --json lists\n", part.sets.size() - most_sets);
    if (part.sets.empty()) text += "    bases and periods are too many to list\n";
    return text;
}

/// The first words of those that are accepted, or rejected, the shortest first, among so many.
std::vector<language::Word> first_words(const counting::System& system, const language::Alphabet& alphabet,
                                        bool accepted) {
    std::vector<language::Word> words;
    std::size_t seen = 0;
    for (std::size_t length = 1; language::count_words(alphabet, length, words_looked_at); ++length) {
        language::Word word(length, 0);
        do {
            if (++seen > words_looked_at || words.size() == most_examples) return words;
            if (counting::answers_on(system, word).actual == accepted) words.push_back(word);
        } while (language::next_word(word, alphabet));
    }
    return words;
}

std::string words_text(const char* what, const language::Alphabet& alphabet, const std::vector<language::Word>& words) {
    std::string list;
    for (const language::Word& word : words)
        list += fmt::format("{}{}", list.empty() ? "" : " ", base::quoted(alphabet.spell(word), 200));
    return fmt::format("  {:10} {}{}\n", what, words.empty() ? "no short word" : list,
                       words.size() == most_examples ? " …" : "");
}

std::vector<std::uint64_t> whole_numbers(const counting::Point& counts) {
    std::vector<std::uint64_t> result;
    for (const mpz_class& n : counts) result.push_back(n.get_ui());
    return result;
}

std::vector<record::ModelLanguage::CountedPart> parts_of(const Names& names, const std::vector<AcceptedCounts>& parts) {
    std::vector<record::ModelLanguage::CountedPart> result;
    for (const AcceptedCounts& part : parts) {
        auto& one = result.emplace_back();
        one.last = names[part.last];
        one.formula = constraints_text(names, part.constraints);
        for (const counting::LinearSet& set : part.sets) {
            auto& same = one.sets.emplace_back();
            same.base = whole_numbers(set.base);
            for (const counting::Point& period : set.periods) same.periods.push_back(whole_numbers(period));
        }
    }
    return result;
}

}  // namespace

bool counts_symbols_only(const programs::crasp::Program& program) {
    try {
        return counting::program_counts_symbols_only(counting::make_system(program));
    } catch (const base::Unsupported&) {
        return false;  // it counts what comes later
    }
}

int print_counted_language(Session& session, const std::string& name, const programs::crasp::Program& program) {
    const language::Alphabet alphabet(program.alphabet);
    const counting::System system = counting::make_system(program);
    session.progress("cases of how often symbols stand");
    const base::Limits limits = session.limits();
    const auto parts = counting::accepted_counts(system, limits);
    record::ModelLanguage record;
    record.model = name;
    record.alphabet = program.alphabet;
    if (!parts) {
        const char* why = to_string(verdict::reason_of(*limits.exceeded()));
        session.print(fmt::format("UNDECIDED what {} accepts: {}\n", base::named(name), why));
        record.no_algebra = why;
    } else {
        record.accepted = std::vector<std::string>();
        record.rejected = std::vector<std::string>();
        const auto accepted = first_words(system, alphabet, true), rejected = first_words(system, alphabet, false);
        for (const auto& word : accepted) record.accepted->push_back(alphabet.spell(word));
        for (const auto& word : rejected) record.rejected->push_back(alphabet.spell(word));
        record.counts = parts_of(program.alphabet, *parts);
        std::string text = fmt::format(
            "{} counts symbols alone: it accepts the words with these counts of symbols, in {}, read off the program "
            "in {:.2f} s\n",
            base::named(name), base::counted(parts->size(), "case"), session.seconds());
        for (const AcceptedCounts& part : *parts) text += part_text(program.alphabet, part);
        session.print(text + words_text("accepts", alphabet, accepted) + words_text("rejects", alphabet, rejected));
    }
    record.seconds = session.seconds();
    session.print_json(record::write(record));
    return parts ? success : undecided;
}

}  // namespace attest::cli
