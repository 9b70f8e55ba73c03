#include "attest/decide/restriction/outcome.hpp"

#include <fmt/format.h>

#include <memory>

#include "attest/base/error.hpp"
#include "attest/decide/answer/answerer.hpp"
#include "attest/network/at_length.hpp"
#include "attest/network/evaluate.hpp"
#include "decide/answer/table.hpp"
#include "decide/restriction/tables.hpp"
#include "word_table.hpp"

namespace attest::restriction {

namespace {

/// What is restricted, at one length: a model, tables or a program.
struct Subject {
    const language::Alphabet& alphabet;
    std::int64_t length;
    std::function<std::variant<Function, verdict::Undecided>()> compile;
    Accepts accepts;
    const network::Transformer* transformer =
        nullptr;                                    ///< null: tables or a program: no certificate knows their circuit
    std::optional<decide::AnswerTable> table = {};  ///< all answers of a softmax model, which has no circuit
};

/// Certificates about tables and programs are checked word by word, up to this many words (FORMAT.md: at most 2^22).
constexpr std::uint64_t most_words_of_tables = std::uint64_t{1} << 20;

class Restrictor {
  public:
    Restrictor(Subject subject, const Options& options, const base::Limits& limits)
        : s_(std::move(subject)),
          n_(static_cast<std::size_t>(s_.length)),
          m_(s_.alphabet.size()),
          options_(options),
          limits_(limits) {}

    std::variant<Outcome, verdict::Undecided> run() {
        if (auto why = find()) return std::move(*why);
        outcome_.settled.restriction = outcome_.optima.front().restriction;
        outcome_.nothing_free = n_ > 0 && m_ > 1 && outcome_.optima.front().most_free == 0;
        replay();
        if (!outcome_.nothing_free) show_optimum();
        show_answer();
        look_inside();
        return std::move(outcome_);
    }

  private:
    void tell(const std::string& what) const {
        if (options_.progress) options_.progress(what);
    }

    /// Fills in the optima, or says why there are none.
    std::optional<verdict::Undecided> find() {
        const std::size_t most = std::min(options_.most_dependence, n_);
        tell("compiling");
        auto compiled = s_.compile();
        std::optional<verdict::Undecided> why;
        if (auto* f = std::get_if<Function>(&compiled)) outcome_.function = std::move(*f);
        else why = std::move(std::get<verdict::Undecided>(compiled));
        if (why && why->reason != verdict::Reason::memory && why->reason != verdict::Reason::unsupported) return why;
        if (m_ == 1) {
            for (std::size_t c = 0; c <= most; ++c)
                outcome_.optima.push_back({c, Restriction::all_free(n_), {}, n_, Optimum::Bound::enumeration, 0});
            return std::nullopt;
        }
        if (options_.method != Method::search && enumerate(most)) return std::nullopt;
        if (const auto limit = limits_.exceeded())
            return verdict::Undecided{verdict::reason_of(*limit), "before anything was found"};
        if (!outcome_.function) return why;
        if (options_.method == Method::enumeration)
            return verdict::Undecided{verdict::Reason::memory,
                                      fmt::format("more than {} restrictions to enumerate", options_.most_subcubes)};
        search(most);
        return std::nullopt;
    }

    bool enumerate(std::size_t most) {
        tell("enumerating");
        table_ = s_.table            ? std::optional(s_.table->accepts)
                 : outcome_.function ? tabulate(*outcome_.function, options_.most_words)
                                     : tabulate(s_.alphabet, s_.length, s_.accepts, options_.most_words, limits_);
        if (!table_) return false;
        auto optima = optima_by_enumeration(*table_, n_, m_, most, options_.most_subcubes, limits_);
        if (optima) outcome_.optima = std::move(*optima);
        return optima.has_value();
    }

    void search(std::size_t most) {
        tell("searching");
        const SearchOptions search{options_.seed, options_.progress};
        Optimum start = greedy_constant(*outcome_.function, options_.seed, limits_);
        for (std::size_t c = 0; c <= most; ++c) {
            start = optimum_by_search(*outcome_.function, c, start, search, limits_);
            outcome_.optima.push_back(start);
        }
    }

    /// What the restriction leaves, by the exact evaluator.
    void replay() {
        Settled& s = outcome_.settled;
        language::Word word = s.restriction.first_word();
        s.answer = s_.accepts(word);
        const std::vector<std::size_t> free = s.restriction.free_positions();
        if (free.empty() || m_ == 1) return;
        language::Word other = word;
        other[free.front()] = 1;
        if (s_.accepts(other) != s.answer)
            throw base::InternalError(
                fmt::format("{} and {} are answered differently, against what was found: please report this",
                            s_.alphabet.spell(word), s_.alphabet.spell(other)));
        s.pair = {std::move(word), std::move(other)};
    }

    /// Words that show that fewer fixed positions leave the answer open.
    void show_optimum() {
        Settled& s = outcome_.settled;
        const std::size_t fixed = s.restriction.fixed_count();
        s.optimal = fixed == 0;
        if (fixed == 0 || !outcome_.optima.front().optimal() || (!table_ && !outcome_.function)) return;
        tell("looking for words against fewer symbols");
        const FindDifference find = table_ ? difference_in_table(*table_, m_)
                                           : difference_by_solver(*outcome_.function, options_.seed, limits_);
        auto words = open_words(n_, m_, fixed, find, s_.accepts, options_.most_open, limits_);
        s.optimal = words.has_value();
        if (words) s.open = std::move(*words);
    }

    void show_answer() {
        if (s_.transformer != nullptr && outcome_.function && m_ > 1 && show_by_refutation()) return;
        const std::size_t free = outcome_.nothing_free ? n_ : outcome_.settled.restriction.free_count();
        const std::uint64_t most =
            s_.transformer == nullptr ? std::max(options_.most_words, most_words_of_tables) : options_.most_words;
        const auto words = language::count_words(s_.alphabet, free, most);
        if (!words) {
            if (s_.transformer == nullptr)
                outcome_.no_evidence =
                    fmt::format("such claims are checked word by word, and there are more than {} words", most);
            return;
        }
        tell("evaluating all words");
        if (!outcome_.nothing_free && !evaluate_all()) return;
        outcome_.evidence = {{}, *words};
        outcome_.kind = s_.table ? verdict::Evidence::enclosure : verdict::Evidence::exhaustion;
        if (s_.table) outcome_.evidence.score = {s_.table->bits, s_.table->margin, {}, {}};
    }

    bool show_by_refutation() {
        tell("proving");
        decide::ProveOptions prove;
        prove.back_end = options_.back_end;
        prove.seed = options_.seed;
        prove.progress = options_.progress;
        const Settled& s = outcome_.settled;
        decide::Decision decision =
            outcome_.nothing_free ? refute_silent_position(*outcome_.function, prove, limits_)
                                  : refute_other_answer(*outcome_.function, s.restriction, s.answer, prove, limits_);
        if (decision.answer == logic::Answer::satisfiable)
            throw base::InternalError(
                fmt::format("{} finds a word against what was found: please report this", decision.solver));
        outcome_.no_evidence = decision.why.detail;
        if (decision.answer == logic::Answer::unknown) return false;
        outcome_.no_evidence = decision.refutation->no_proof;
        if (decision.refutation->proof.empty()) return false;
        outcome_.evidence.refutation = std::move(decision.refutation);
        outcome_.kind = verdict::Evidence::unchecked;
        return true;
    }

    void look_inside() {
        if (outcome_.function && m_ > 1 && !outcome_.function->values.empty()) {
            tell("following the layers");
            outcome_.layers = dependence_by_layer(
                *outcome_.function, outcome_.nothing_free ? Restriction::all_free(n_) : outcome_.settled.restriction,
                limits_);
        }
        if (s_.transformer == nullptr || !has_hahn_restriction(*s_.transformer) || m_ == 1) return;
        tell("running Hahn's algorithm");
        outcome_.hahn = hahn_restriction(*s_.transformer, s_.length, options_.hahn, limits_);
        if (!outcome_.function) return;
        auto left = dependence(*outcome_.function, outcome_.hahn->restriction, limits_);
        if (left && outcome_.hahn->depends_on && *left != *outcome_.hahn->depends_on)
            throw base::InternalError(
                fmt::format("Hahn's algorithm and a solver differ on what matters under {}: please report this",
                            outcome_.hahn->restriction.spell(s_.alphabet)));
        if (left) outcome_.hahn->depends_on = std::move(left);
        if (outcome_.hahn->depends_on)
            outcome_.best_beside_hahn = best_beside(outcome_.hahn->restriction, *outcome_.hahn->depends_on);
    }

    /// The optimum for as many positions that matter as a restriction leaves.
    std::optional<Optimum> best_beside(const Restriction& restriction,
                                       const std::vector<std::size_t>& depends_on) const {
        const std::size_t c = depends_on.size();
        if (c < outcome_.optima.size()) return outcome_.optima[c];
        if (restriction.fixed_count() == 0) return Optimum{c, restriction, depends_on, n_, Optimum::Bound::none, 0};
        if (!table_) return std::nullopt;
        const auto optima = optima_by_enumeration(*table_, n_, m_, c, options_.most_subcubes, limits_);
        return optima ? std::optional(optima->back()) : std::nullopt;
    }

    bool evaluate_all() const {
        const Settled& s = outcome_.settled;
        language::Word word = s.restriction.first_word();
        do {
            if (limits_.exceeded()) return false;
            if (s_.accepts(word) != s.answer)
                throw base::InternalError(fmt::format("{} is answered otherwise than was found: please report this",
                                                      s_.alphabet.spell(word)));
        } while (s.restriction.next_word(word, m_));
        return true;
    }

    const Subject s_;
    std::size_t n_, m_;
    const Options& options_;
    const base::Limits& limits_;
    std::optional<TruthTable> table_;
    Outcome outcome_;
};

}  // namespace

namespace {

/// Where a word stands among all of its length, in lexicographic order.
std::size_t number_of(const language::Word& word, std::size_t symbols) {
    std::size_t number = 0;
    for (const language::Symbol a : word) number = number * symbols + a;
    return number;
}

/// Softmax models have no circuit; all that is asked of one is answered from the table of its words.
std::variant<Outcome, verdict::Undecided> restrict_tabulated(const network::Transformer& transformer,
                                                             std::int64_t length, const Options& options,
                                                             const base::Limits& limits) {
    auto tabulated = decide::tabulate(&transformer, length, {options.most_words, options.progress}, limits);
    if (auto* why = std::get_if<verdict::Undecided>(&tabulated)) return std::move(*why);
    const auto table = std::make_shared<const decide::AnswerTable>(std::move(std::get<decide::AnswerTable>(tabulated)));
    const auto accepts = [table, symbols = transformer.alphabet.size()](const language::Word& word) {
        return static_cast<bool>(table->accepts[number_of(word, symbols)]);
    };
    const auto compile = [] {
        return verdict::Undecided{verdict::Reason::memory, "a softmax model has no circuit but its table"};
    };
    return Restrictor({transformer.alphabet, length, compile, accepts, &transformer, *table}, options, limits).run();
}

}  // namespace

std::variant<Outcome, verdict::Undecided> restrict_model(const network::Transformer& transformer, std::int64_t length,
                                                         const Options& options, const base::Limits& limits) {
    network::require_decidable(transformer, length);
    if (transformer.kind() == network::AttentionKind::softmax)
        return restrict_tabulated(transformer, length, options, limits);
    // Made when it is first asked: what does not compile may have no evaluator either.
    const auto answerer = std::make_shared<std::optional<decide::Answerer>>();
    const auto accepts = [answerer, &transformer, length, limits](const language::Word& word) {
        if (!*answerer) answerer->emplace(&transformer, length, decide::Order::lexicographic);
        return *(*answerer)->answer(word, limits).accepts;
    };
    const auto compile = [&] { return compile_function(transformer, length, options.seed, limits); };
    return Restrictor({transformer.alphabet, length, compile, accepts, &transformer}, options, limits).run();
}

std::variant<Outcome, verdict::Undecided> restrict_tables(const network::Guhat& tables, const Options& options,
                                                          const base::Limits& limits) {
    const auto evaluator = std::make_shared<network::GuhatEvaluator>(tables);
    const auto accepts = [evaluator](const language::Word& word) { return evaluator->accepts(word); };
    const auto compile = [&] { return compile_function(tables, options.seed, limits); };
    return Restrictor({tables.alphabet, tables.length, compile, accepts}, options, limits).run();
}

std::variant<Outcome, verdict::Undecided> restrict_program(const network::Program& program, std::int64_t length,
                                                           const Options& options, const base::Limits& limits) {
    const auto words = std::make_shared<decide::ProgramWords>(program, length);
    const auto accepts = [words](const language::Word& word) { return words->accepts(word); };
    const auto compile = [&] { return compile_function(program, length, limits); };
    return Restrictor({program.alphabet, length, compile, accepts}, options, limits).run();
}

}  // namespace attest::restriction
