#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <set>

#include "attest/base/error.hpp"
#include "circuit/structure.hpp"
#include "compile/kinds.hpp"
#include "compile/program.hpp"
#include "diagram.hpp"
#include "logic/tseitin.hpp"
#include "ways.hpp"

// The miter of model and language. A solver lists the words that make it true, each replayed by the evaluator; then it
// shows
// that no other word does (FORMAT.md, section 14). Where there are more mistakes than a list should hold, a decision diagram
// of the miter counts them, and a solver shows that it is the miter's (FORMAT.md, section 24).

namespace attest::accuracy {

namespace {

using circuit::Literal;
using language::Word;

/// A proof about a diagram may take so long, however soon it was built.
constexpr std::chrono::seconds least_patience{30};

struct Built {
    compile::Inputs inputs;
    circuit::Builder builder;
    Literal miter;
    std::vector<compile::Drop> drops;
    std::vector<Literal> drop_literals;
};

using MaybeBuilt = std::variant<Built, verdict::Undecided>;

class ByCircuit {
  public:
    ByCircuit(const Question& question, const Options& options, const base::Limits& limits)
        : q_(question),
          options_(options),
          limits_(limits),
          alphabet_(decide::alphabet_of(question.model)),
          answerer_(question.model, question.length) {
        outcome_.words = all_words(question);
        outcome_.most = outcome_.words;
    }

    Outcome count() {
        if (const double bytes = compile::Inputs::bytes(alphabet_, q_.length);
            bytes > static_cast<double>(limits_.memory_bytes))
            return stop(
                {verdict::Reason::memory, fmt::format("about {:.0f} MiB for the inputs alone", bytes / 0x1p20)});
        tell("compiling");
        MaybeBuilt maybe = build();
        if (auto* why = std::get_if<verdict::Undecided>(&maybe)) return stop(std::move(*why));
        Built& built = std::get<Built>(maybe);
        const bool all_listed = list(built);
        if (outcome_.why.reason != verdict::Reason::none) return std::move(outcome_);
        if (all_listed) show_no_others(built);
        else count_by_diagram(built);
        return std::move(outcome_);
    }

  private:
    Outcome stop(verdict::Undecided why) {
        outcome_.why = std::move(why);
        return std::move(outcome_);
    }

    void tell(const std::string& what) const {
        if (options_.progress) options_.progress(what);
    }

    MaybeBuilt build() const {
        MaybeBuilt built = build({}, decide::many_values, decide::many_cases);
        const auto* why = std::get_if<verdict::Undecided>(&built);
        if (why == nullptr || why->reason != verdict::Reason::memory) return built;
        const auto* model = std::get_if<const network::Transformer*>(&q_.model);
        if (model == nullptr) return built;
        tell("looking for values that never occur");
        const compile::Options defaults;
        return build(decide::find_drops(**model, q_.length, options_.seed, limits_), defaults.most_values,
                     defaults.most_cases);
    }

    MaybeBuilt build(const std::vector<compile::Drop>& drops, std::size_t most_values, std::size_t most_cases) const {
        circuit::Builder builder(limits_.memory_bytes);
        const compile::Inputs inputs(builder, alphabet_, q_.length);
        const compile::Options how{compile::Form::compact, drops, {}, most_values, most_cases};
        const auto* program = std::get_if<const network::Program*>(&q_.model);
        auto compiled =
            program != nullptr
                ? compile_program(builder, inputs, **program, how, limits_)
                : compile_model(builder, inputs, *std::get<const network::Transformer*>(q_.model), how, limits_);
        if (auto* why = std::get_if<verdict::Undecided>(&compiled)) return std::move(*why);
        auto& found = std::get<compile::CompiledModel>(compiled);
        if (program != nullptr && found.drop_literals.front() != circuit::bottom)
            return verdict::Undecided{verdict::Reason::unsupported, "the program may have no value on some word"};
        const Literal member = compile_language(builder, inputs, q_.language, q_.meaning);
        builder.set_origin({circuit::Origin::Role::miter, -1, -1, -1, -1});
        const Literal miter = builder.exclusive_or(found.accept, member);
        if (builder.exhausted())
            return verdict::Undecided{verdict::Reason::memory, "the circuit passes the memory limit"};
        return Built{inputs, std::move(builder), miter, drops, std::move(found.drop_literals)};
    }

    /// Lists mistakes, in the order in which a solver finds them. False: there are more than a list should hold, or a
    /// limit
    /// came first.
    bool list(const Built& built) {
        const auto solver = logic::make_solver(logic::BackEnd::cadical, {.seed = options_.seed});
        add_formula(*solver, logic::formula(built.builder.circuit(), std::vector<Literal>{built.miter}, q_.length,
                                            alphabet_.size()));
        for (;;) {
            tell(fmt::format("{} mistakes so far", outcome_.list.size()));
            const logic::Answer answer = solver->solve({}, limits_);
            if (answer == logic::Answer::unsatisfiable) return true;
            if (answer == logic::Answer::unknown) {
                const auto limit = limits_.exceeded();
                outcome_.why = {limit ? verdict::reason_of(*limit) : verdict::Reason::unsupported,
                                fmt::format("after {} mistakes", outcome_.list.size())};
                return false;
            }
            std::vector<bool> assignment;
            for (std::size_t k = 0; k < built.builder.circuit().input_count(); ++k)
                assignment.push_back(solver->value(static_cast<std::int32_t>(built.builder.circuit().input(k))));
            const Word word = built.inputs.decode(assignment);
            replay(word, solver->name());
            if (outcome_.list.size() > options_.most_listed) return false;
            solver->add_clause(not_this(built.inputs, word));
        }
    }

    void replay(const Word& word, const std::string& solver) {
        const auto found = mistake(q_, word, answerer_.answer(word, limits_));
        if (!found)
            throw base::InternalError(
                fmt::format("the word {} from {} is no mistake when it is evaluated: please report this",
                            alphabet_.spell(word), solver));
        ++outcome_.least;
        outcome_.list.push_back(word);
    }

    std::vector<std::int32_t> not_this(const compile::Inputs& inputs, const Word& word) const {
        std::vector<std::int32_t> clause;
        for (std::size_t i = 0; i < word.size(); ++i) {
            const Literal present = inputs.present(static_cast<std::int64_t>(i) + 1, word[i]);
            if (present != circuit::top) clause.push_back(-logic::dimacs(present));
        }
        return clause;
    }

    /// The list is whole: says where its words are, and has a proof made that there are no others.
    void show_no_others(Built& built) {
        std::sort(outcome_.list.begin(), outcome_.list.end());
        outcome_.by = By::list;
        outcome_.most = outcome_.least;
        outcome_.looked_at = outcome_.list.size();
        describe();
        std::vector<Literal> differs{built.miter};
        for (const Word& word : outcome_.list) {
            std::vector<Literal> symbols;
            for (std::size_t i = 0; i < word.size(); ++i)
                symbols.push_back(built.inputs.present(static_cast<std::int64_t>(i) + 1, word[i]));
            differs.push_back(!built.builder.conjunction(symbols));
        }
        show_never(built, built.builder.conjunction(differs), limits_);
    }

    /// Has a proof made that a literal, and with it what is dropped, is false on all words.
    void show_never(Built& built, Literal literal, const base::Limits& limits) {
        std::vector<Literal> roots{literal};
        roots.insert(roots.end(), built.drop_literals.begin(), built.drop_literals.end());
        circuit::Circuit reduced = circuit::cone(built.builder.circuit(), roots);
        for (std::size_t k = 0; k < roots.size(); ++k)
            reduced.add_output(k == 0 ? "miter" : "drop" + std::to_string(k), roots[k]);
        decide::ProveOptions prove;
        prove.back_end = options_.back_end;
        prove.seed = options_.seed;
        prove.progress = options_.progress;
        decide::Decision decision = decide::refute(std::move(reduced), std::move(roots), std::move(built.drops),
                                                   q_.length, alphabet_.size(), prove, limits);
        if (decision.answer == logic::Answer::satisfiable) take_back(built.inputs.decode(decision.assignment));
        outcome_.refutation = std::move(decision.refutation);
    }

    /// A word is not as was counted: then a value occurs on it that was left out, or the program has none, which the evaluator
    /// says.
    void take_back(const Word& word) {
        const auto answer = answerer_.answer(word, limits_);
        outcome_ = {};
        outcome_.words = outcome_.most = all_words(q_);
        outcome_.why = {verdict::Reason::unsupported,
                        fmt::format("values that were left out of the circuit occur{}",
                                    answer.limit ? "" : fmt::format(" on \"{}\"", alphabet_.spell(word)))};
    }

    void describe() {
        const std::set<Word> wrong(outcome_.list.begin(), outcome_.list.end());
        const std::size_t symbols = alphabet_.size(), length = static_cast<std::size_t>(q_.length);
        outcome_.where.by_number.assign(symbols, std::vector<mpz_class>(length + 1));
        outcome_.where.by_position.assign(length + 1, 0);
        for (const Word& word : outcome_.list) {
            std::vector<std::size_t> number(symbols, 0);
            for (const language::Symbol a : word) ++number[a];
            for (std::size_t a = 0; a < symbols; ++a) ++outcome_.where.by_number[a][number[a]];
            ++outcome_.where.by_position[first_right_neighbour(word, wrong)];
            if (const auto found = mistake(q_, word, answerer_.answer(word, limits_)))
                show(outcome_.where, *found, options_.shown);
        }
    }

    std::size_t first_right_neighbour(const Word& word, const std::set<Word>& wrong) const {
        Word neighbour = word;
        for (std::size_t i = 0; i < word.size(); ++i) {
            for (language::Symbol a = 0; a < alphabet_.size(); ++a) {
                neighbour[i] = a;
                if (!wrong.contains(neighbour)) return i;
            }
            neighbour[i] = word[i];
        }
        return word.size();
    }

    /// The words that the solver listed are forgotten: the diagram has all of them.
    void count_by_diagram(Built& built) {
        tell("counting by a decision diagram");
        outcome_.list.clear();
        const auto start = std::chrono::steady_clock::now();
        circuit::Builder counted = built.builder;  // so that the certificate's circuit has no gates of this one
        const Literal one_word = built.inputs.exactly_one(counted);
        const Literal root = counted.conjunction({built.miter, one_word});
        auto made = measure::diagram(counted.circuit(), root, {}, limits_);
        if (auto* why = std::get_if<verdict::Undecided>(&made)) {
            outcome_.why = std::move(*why);
            return;
        }
        SetOfWords wrong(std::move(std::get<measure::Diagram>(made)), built.inputs, limits_);
        if (!count_by_number(wrong)) {
            outcome_.why = {verdict::reason_of(limits_.exceeded().value_or(base::Limit::memory)),
                            "in the middle of counting"};
            return;
        }
        outcome_.by = By::diagram;
        outcome_.most = outcome_.least;
        tell("looking for the first mistakes");
        for (const Word& word : wrong.first(options_.shown))
            if (const auto found = mistake(q_, word, answerer_.answer(word, limits_)))
                show(outcome_.where, *found, options_.shown);
        tell("where the mistakes are");
        if (auto places = wrong.by_position()) outcome_.where.by_position = std::move(*places);
        if (auto diagram = wrong.by_symbols(options_.most_nodes)) {
            outcome_.diagram = std::move(*diagram);
            show_diagram(built, start);
        }
    }

    /// That the diagram has the mistakes and no other words: the miter of both. The count stands without; so the proof may take
    /// some times what counting took, and no more.
    void show_diagram(Built& built, std::chrono::steady_clock::time_point start) {
        tell("proving that the diagram has all mistakes and no other words");
        const auto now = std::chrono::steady_clock::now();
        const auto patience = std::max<std::chrono::steady_clock::duration>(least_patience, 20 * (now - start));
        base::Limits limits = limits_;
        limits.deadline = limits.deadline ? std::min(*limits.deadline, now + patience) : now + patience;
        std::vector<Literal> literals{circuit::bottom, circuit::top};
        for (const WordDiagram::Node& node : outcome_.diagram->nodes) {
            std::vector<Literal> ways;
            const std::int64_t position = outcome_.diagram->order[node.level - 1];
            for (std::size_t a = 0; a < node.children.size(); ++a)
                ways.push_back(built.builder.conjunction(
                    {built.inputs.present(position, static_cast<language::Symbol>(a)), literals[node.children[a]]}));
            literals.push_back(built.builder.disjunction(ways));
        }
        const Literal differs = built.builder.exclusive_or(built.miter, literals[outcome_.diagram->root]);
        if (!built.builder.exhausted()) show_never(built, differs, limits);
    }

    bool count_by_number(const SetOfWords& wrong) {
        std::vector<std::vector<mpz_class>> by_number;
        for (language::Symbol a = 0; a < alphabet_.size(); ++a) {
            auto counts = wrong.by_number(a);
            if (!counts) return false;
            by_number.push_back(std::move(*counts));
        }
        outcome_.least = 0;
        for (const mpz_class& count : by_number.front()) outcome_.least += count;
        outcome_.where.by_number = std::move(by_number);
        return true;
    }

    const Question& q_;
    const Options& options_;
    const base::Limits& limits_;
    const language::Alphabet& alphabet_;
    decide::Answerer answerer_;
    Outcome outcome_;
};

}  // namespace

Outcome count_by_circuit(const Question& question, const Options& options, const base::Limits& limits) {
    const auto* transformer = std::get_if<const network::Transformer*>(&question.model);
    const bool is_program = std::holds_alternative<const network::Program*>(question.model);
    if (is_program || (transformer != nullptr && compile::has_circuit(**transformer)))
        return ByCircuit(question, options, limits).count();
    Outcome outcome;
    outcome.words = outcome.most = all_words(question);
    outcome.why = {verdict::Reason::unsupported,
                   "a model has a circuit only where all attention is hard or average, or it is a program"};
    return outcome;
}

}  // namespace attest::accuracy
