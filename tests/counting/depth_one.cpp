#include "decide/counting/depth_one.hpp"

#include <catch2/catch.hpp>

#include "base/random.hpp"
#include "checked.hpp"
#include "checker/kernel/defect.hpp"
#include "decide/counting/accepted.hpp"
#include "seed.hpp"

// Programs that count symbols alone are decided; what is proved is taken by the checker, and all short words agree with what
// comes out. Whole numbers against all of them in a box.

using namespace attest;

namespace {

struct Asked {
    programs::crasp::Program program;
    language::Language language;
    std::vector<language::Symbol> meaning;
    counting::System system;
};

Asked ask(const std::string& text, const std::string& language) {
    programs::crasp::Program program = programs::crasp::parse(text, "program");
    const language::Alphabet alphabet(program.alphabet);
    language::Language of = language::Language::parse(language, alphabet);
    std::vector<language::Symbol> meaning = relate(alphabet, of.alphabet(), {});
    counting::System system = counting::make_system(program, of, meaning);
    return {std::move(program), std::move(of), std::move(meaning), std::move(system)};
}

void check_taken(const Asked& asked, const std::string& text, const std::string& language,
                 const counting::Proof& proof) {
    CHECK(proof.counts_symbols);
    checker::Budget budget = tests::large_budget();
    const checker::CountingProgram program = checker::read_counting_program(text, "program.crasp", budget);
    const checker::Language same = checker::read_language(language, program.alphabet, 0, "", budget);
    checker::CountingSystem system =
        checker::counting_system(program, same, {asked.meaning.begin(), asked.meaning.end()}, budget);
    CHECK_THROWS_AS(tests::check_found(system, proof.invariant, proof.lines, budget), checker::Defect);
    checker::add_symbol_counts(system, budget);
    CHECK_NOTHROW(tests::check_found(system, proof.invariant, proof.lines, budget));
}

bool agree_on_short_words(const counting::System& system, std::size_t longest) {
    for (std::size_t length = 1; length <= longest; ++length) {
        language::Word word(length, 0);
        for (bool more = true; more;) {
            const decide::Counterexample answers = counting::answers_on(system, word);
            if (answers.actual != answers.expected) return false;
            more = false;
            for (std::size_t i = length; i-- > 0 && !more;)
                if (++word[i] == system.symbols) word[i] = 0;
                else more = true;
        }
    }
    return true;
}

/// Decided, and held against short words and the checker.
counting::Outcome decided(const std::string& text, const std::string& language) {
    INFO(text << language);
    const Asked asked = ask(text, language);
    REQUIRE(counting::counts_symbols_only(asked.system));
    counting::Outcome outcome = counting::decide_depth_one(asked.system, {});
    REQUIRE(outcome.undecided() == nullptr);
    if (const counting::Proof* proof = outcome.proof()) {
        check_taken(asked, text, language, *proof);
        CHECK(agree_on_short_words(asked.system, 6));
    } else {
        const decide::Counterexample& c = *outcome.counterexample();
        CHECK(c.expected != c.actual);
        CHECK(asked.language.contains([&] {
            language::Word meant;
            for (const language::Symbol a : c.word) meant.push_back(asked.meaning[a]);
            return meant;
        }()) == c.expected);
    }
    return outcome;
}

std::string random_form(base::Random& random) {
    const char* const names[] = {"x", "y", "n", "min(x, 2)", "max(x, y)", "(x < y ? x : 1)"};
    std::string text = std::to_string(random.below(4));
    for (std::size_t k = 0, terms = 1 + random.below(3); k < terms; ++k)
        text += (random.below(2) == 0 ? " + " : " - ") + std::to_string(1 + random.below(3)) + " * " +
                names[random.below(6)];
    return text;
}

/// Conditions on the counts of two symbols and on the last one.
std::string random_program(base::Random& random) {
    const char* const relations[] = {" < ", " <= ", " = ", " != ", " > "};
    std::string text = "alphabet a b\nx = #[Q(a)]\ny = #[Q(b)]\nn = #[true]\nout = ";
    for (std::size_t k = 0, parts = 1 + random.below(3); k < parts; ++k) {
        if (k > 0) text += random.below(2) == 0 ? " & " : " | ";
        if (random.below(5) == 0) text += "Q(a)";
        else text += random_form(random) + relations[random.below(5)] + random_form(random);
    }
    return text + "\n";
}

constexpr const char* counts = "alphabet a b\nx = #[Q(a)]\ny = #[Q(b)]\n";

}  // namespace

TEST_CASE("Depth one: right programs are verified") {
    const auto holds = [](const std::string& text, const std::string& language) {
        return decided(text, language).proof() != nullptr;
    };
    const std::string with_counts = counts;
    CHECK(holds("alphabet 0 1\nout = 2 * #[Q(1)] > #[true]\n", "majority"));
    CHECK(holds("alphabet 0 1\nz = #[Q(0)]\no = #[Q(1)]\nout = min(z, o) = z & z != o\n", "majority"));
    CHECK(holds(with_counts + "out = 2 * x >= 5\n", "regex:b*ab*ab*a(a|b)*"));
    CHECK(holds(with_counts + "out = min(x, 2) = 2 & y = 1\n", "regex:(aa+b|a+ba+|baa+)"));
    CHECK(holds(with_counts + "out = Q(a) & x >= 2\n", "regex:(a|b)*a(a|b)*a"));
    CHECK(holds(with_counts + "out = Q(a)\n", "regex:(a|b)*a"));
    CHECK(holds(with_counts + "out = Q(a) & y = 0 | Q(b) & x = 1\n", "regex:a+|b*ab+"));
    CHECK(holds("alphabet a b c\nout = #[Q(a) | Q(b)] >= 1 & #[Q(b) | Q(c)] = 0\n", "regex:a+"));
}

TEST_CASE("Depth one: what only whole numbers show") {
    const std::string with_counts = counts;
    // No whole numbers fulfil these, though rational ones do, in regions without bounds.
    for (const char* never :
         {"2 * x = 2 * y + 1", "4 * x + 6 * y = 9", "3 * x <= 3 * y + 2 & 3 * x >= 3 * y + 1", "6 * x = 10 * y + 1",
          "4 * x + 1 <= 6 * y & 6 * y <= 4 * x + 1", "2 * min(x, y) = 2 * max(x, y) - 1",
          "5 * x + 1 <= 7 * y & 7 * y <= 5 * x + 1 & y <= 2"}) {
        const counting::Outcome outcome = decided(with_counts + "out = " + never + "\n", "regex:[^ab]");
        CHECK(outcome.proof() != nullptr);
    }
    const counting::Outcome far = decided(with_counts + "out = 7 * x = 5 * y + 31 & x >= 40\n", "regex:[^ab]");
    REQUIRE(far.counterexample() != nullptr);
    CHECK(far.counterexample()->word.size() <= 2 * (43 + 54) + 1);
}

TEST_CASE("Depth one: wrong programs are refuted, whatever the reason") {
    const auto fails = [](const std::string& text, const std::string& language) {
        return decided(text, language).counterexample() != nullptr;
    };
    const std::string with_counts = counts;
    CHECK(fails(with_counts + "out = x >= 3\n", "regex:(ab)*"));                   // order
    CHECK(fails(with_counts + "out = x >= 3 & y < 2000\n", "regex:b*(ab*ab*)*"));  // a power that goes round
    CHECK(fails(with_counts + "out = x >= 3 & y < 50\n", "regex:b*ab*ab*a(a|b)*"));
    CHECK(fails(with_counts + "out = 1000 * x != 999 * y\n", "regex:(a|b)+"));
    CHECK(fails("alphabet 0 1\nout = 2 * #[Q(1)] >= #[true]\n", "majority"));
    // Against languages in which order counts, which are no automata.
    for (const auto& [program, language] :
         {std::pair{"alphabet \"(\" \")\"\nout = #[Q(\"(\")] = #[Q(\")\")] & Q(\")\")\n", "dyck:1"},
          {"alphabet a b\nout = #[Q(a)] = #[Q(b)] & Q(b)\n", "anbn"},
          {"alphabet a b c\nout = #[Q(a)] = #[Q(b)] & #[Q(b)] = #[Q(c)] & Q(c)\n", "anbncn"}}) {
        const Asked asked = ask(program, language);
        const auto word = counting::exchanged_word(asked.system, asked.language);
        REQUIRE(word);
        CHECK(word->expected != word->actual);
    }
}

TEST_CASE("Depth one: a language that is no system is told apart by a short word") {
    const programs::crasp::Program program =
        programs::crasp::parse("alphabet a b\nout = #[Q(a)] = #[Q(b)] | #[true] <= 1\n", "program");
    const language::Language language = language::Language::parse("palindrome", language::Alphabet(program.alphabet));
    const counting::Outcome outcome = counting::prove({program, language, {0, 1}}, {});
    REQUIRE(outcome.counterexample() != nullptr);
    CHECK(outcome.counterexample()->word.size() == 2);
}

TEST_CASE("Depth one: random programs are never left undecided") {
    base::Random random(tests::seed());
    std::size_t proofs = 0, words = 0;
    for (int k = 0; k < 60; ++k) {
        const std::string text = random_program(random);
        for (const char* language : {"regex:(a|b)*", "regex:[^ab]", "regex:(a|b)*a", "regex:b*a(a|b)*"}) {
            const counting::Outcome outcome = decided(text, language);
            ++(outcome.proof() != nullptr ? proofs : words);
        }
    }
    CHECK(proofs > 0);
    CHECK(words > 0);
}

TEST_CASE("Depth one: the words that random programs accept, as linear sets") {
    base::Random random(tests::seed());
    std::size_t listed = 0, looked_at = 0;
    for (int k = 0; k < 30; ++k) {
        const std::string text = random_program(random);
        INFO(text);
        const programs::crasp::Program program = programs::crasp::parse(text, "program");
        const counting::System system = counting::make_system(program);
        const auto parts = counting::accepted_counts(system, {});
        REQUIRE(parts);
        constexpr int most = 5;
        for (int x = 0; x <= most; ++x)
            for (int y = 0; y <= most; ++y)
                for (language::Symbol last = 0; last < 2; ++last) {
                    if ((last == 0 ? x : y) == 0) continue;
                    language::Word word(static_cast<std::size_t>(x), 0);
                    word.insert(word.end(), static_cast<std::size_t>(y), 1);
                    word.erase(std::find(word.begin(), word.end(), last));
                    word.push_back(last);
                    std::size_t by_constraints = 0, by_sets = 0;
                    for (const counting::AcceptedCounts& part : *parts) {
                        if (part.last != last) continue;
                        const bool fulfilled = std::all_of(
                            part.constraints.begin(), part.constraints.end(), [&](const counting::Constraint& c) {
                                const mpz_class value = counting::value_at(c.form, {x, y});
                                return c.is_equation ? value == 0 : value >= 0;
                            });
                        by_constraints += fulfilled ? 1 : 0;
                        listed += part.sets.empty() ? 0 : 1;
                        looked_at += 1;
                        if (part.sets.empty()) by_sets += fulfilled ? 1 : 0;  // too many to list
                        bool in_set = false;
                        for (const counting::LinearSet& set : part.sets) {
                            // Sums of periods, by their totals.
                            std::vector<counting::Point> reached{set.base};
                            for (std::size_t r = 0; r < reached.size() && !in_set; ++r) {
                                in_set = reached[r] == counting::Point{x, y};
                                if (reached[r][0] > x || reached[r][1] > y) continue;
                                for (const counting::Point& period : set.periods) {
                                    const counting::Point to{reached[r][0] + period[0], reached[r][1] + period[1]};
                                    if (std::find(reached.begin(), reached.end(), to) == reached.end())
                                        reached.push_back(to);
                                }
                            }
                        }
                        by_sets += in_set ? 1 : 0;
                    }
                    const bool accepts = counting::answers_on(system, word).actual;
                    CHECK(by_constraints == (accepts ? 1 : 0));
                    CHECK(by_sets == (accepts ? 1 : 0));
                }
    }
    CHECK(2 * listed > looked_at);
}

TEST_CASE("Whole numbers: random constraints against all points of a box") {
    base::Random random(tests::seed());
    const auto between = [&](int low, int high) {
        return low + static_cast<int>(random.below(static_cast<std::uint64_t>(high - low + 1)));
    };
    for (int k = 0; k < 300; ++k) {
        std::vector<counting::Constraint> constraints;
        for (int c = 0, number = between(1, 4); c < number; ++c) {
            counting::Form form = counting::Form::number(between(-9, 9));
            for (std::uint32_t v = 0; v < 3; ++v)
                if (const int times = between(-4, 4); times != 0) form.terms.emplace_back(v, times);
            constraints.push_back({form, between(0, 3) == 0});
        }
        const auto fulfilled = [&](const counting::Point& at) {
            return std::all_of(constraints.begin(), constraints.end(), [&](const counting::Constraint& c) {
                const mpz_class value = counting::value_at(c.form, at);
                return c.is_equation ? value == 0 : value >= 0;
            });
        };
        std::optional<mpz_class> least_sum;
        for (int x = 0; x <= 10; ++x)
            for (int y = 0; y <= 10; ++y)
                for (int z = 0; z <= 10; ++z)
                    if (const mpz_class sum = x + y + z; (!least_sum || sum < *least_sum) && fulfilled({x, y, z}))
                        least_sum = sum;
        const auto point = counting::small_point(constraints, 3, {});
        if (least_sum) {
            REQUIRE(point);
            CHECK((*point)[0] + (*point)[1] + (*point)[2] <= 8 * *least_sum + 8);
        }
        if (point) CHECK(fulfilled(*point));
    }
}
