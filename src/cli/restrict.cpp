#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "attest/base/text.hpp"
#include "attest/model/evaluate.hpp"
#include "attest/restriction/optimum.hpp"
#include "command.hpp"
#include "lengths.hpp"
#include "subject.hpp"

namespace attest::cli {

namespace {

using restriction::Optimum;
using restriction::Restriction;

/// Truth tables and restrictions are enumerated up to these many.
constexpr std::uint64_t most_words = 1 << 16;
constexpr std::uint64_t most_subcubes = 1 << 23;

const char* word_for(bool accepts) { return accepts ? "accept" : "reject"; }
const char* done_to(bool accepts) { return accepts ? "accepted" : "rejected"; }

/// What was found for one model and length.
struct Result {
    std::vector<Optimum> optima;  ///< by dependence, from 0
    bool constant = false;        ///< the answer under the first one's restriction
    /// Two words that the restriction admits, that differ in one symbol and get the same answer.
    std::optional<std::pair<language::Word, language::Word>> pair;
};

class Restrict : public Command {
  public:
    std::string name() const override { return "restrict"; }
    std::string summary() const override { return "Which inputs to fix so that the others no longer matter"; }
    std::vector<std::string> examples() const override {
        return {"attest restrict zoo:chiang-cholak-parity-hard --length 16", "attest restrict zoo:palindrome --length 12 --depends 2 --json",
                "attest restrict zoo:parity-tree-2-1 --length 3"};
    }
    void declare(CLI::App& app) override {
        app.add_option("MODEL", model_, "A model file, or zoo:NAME")->required();
        app.add_option("--length", length_, "Symbols of the word")->required()->type_name("N");
        app.add_option("--depends", depends_, "Also the most free positions of which at most 1, 2, … C matter (default 1)")
            ->check(CLI::Range(0, 64))->type_name("C");
        app.add_option("--method", method_, "automatic (default), enumeration or search")->type_name("HOW");
    }

    int run(Session& session) override {
        if (method_ != "automatic" && method_ != "enumeration" && method_ != "search")
            throw base::UsageError(fmt::format("--method: expected automatic, enumeration or search, found '{}'", base::printable(method_)));
        const model::ModelFile file = load_model(model_);
        const model::Transformer& t = file.transformer;
        const std::int64_t length = parse_length(length_, "--length");
        (void)t.readout_position(t.sequence_length(length));
        const base::Limits limits = session.limits();
        const auto started = std::chrono::steady_clock::now();
        auto optima = find(session, t, length, limits);
        if (const auto* why = std::get_if<verdict::Undecided>(&optima)) return stopped(session, t, length, *why);
        Result result{std::move(std::get<std::vector<Optimum>>(optima)), false, {}};
        evaluate(t, length, result);
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
        show(session, t, length, result, seconds);
        for (const Optimum& o : result.optima)
            if (!o.optimal()) return undecided;
        return success;
    }

  private:
    using MaybeOptima = std::variant<std::vector<Optimum>, verdict::Undecided>;

    MaybeOptima find(Session& session, const model::Transformer& t, std::int64_t length, const base::Limits& limits) const {
        const auto n = static_cast<std::size_t>(length);
        const std::size_t m = t.alphabet.size(), most = std::min(depends_, n);
        if (m == 1) return constant_at_all(n, most);
        session.progress("compiling");
        auto compiled = restriction::compile_function(t, length, session.options.seed, limits);
        const auto* function = std::get_if<restriction::Function>(&compiled);
        const auto* why = std::get_if<verdict::Undecided>(&compiled);
        if (why != nullptr && why->reason != verdict::Reason::memory && why->reason != verdict::Reason::unsupported) return *why;
        if (method_ != "search") {
            session.progress("enumerating");
            const auto table = function != nullptr ? tabulate(*function, most_words) : restriction::tabulate(t, length, most_words, limits);
            if (table)
                if (auto optima = restriction::optima_by_enumeration(*table, n, m, most, most_subcubes, limits)) return std::move(*optima);
        }
        if (function == nullptr) return *why;
        if (const auto limit = limits.exceeded()) return verdict::Undecided{verdict::reason_of(*limit), "while enumerating"};
        if (method_ == "enumeration")
            return verdict::Undecided{verdict::Reason::memory, fmt::format("more than {} restrictions to enumerate", most_subcubes)};
        return search(session, *function, most, limits);
    }

    static std::vector<Optimum> constant_at_all(std::size_t n, std::size_t most) {
        std::vector<Optimum> optima;
        for (std::size_t c = 0; c <= most; ++c) optima.push_back({c, Restriction::all_free(n), {}, n, Optimum::Bound::enumeration, 0});
        return optima;
    }

    static std::vector<Optimum> search(Session& session, const restriction::Function& function, std::size_t most, const base::Limits& limits) {
        restriction::SearchOptions options;
        options.seed = session.options.seed;
        options.progress = [&](const std::string& what) { session.progress(what); };
        std::vector<Optimum> optima;
        Optimum start = greedy_constant(function, options.seed, limits);
        for (std::size_t c = 0; c <= most; ++c) {
            start = optimum_by_search(function, c, start, options, limits);
            optima.push_back(start);
        }
        return optima;
    }

    /// What the restriction leaves, by the exact evaluator.
    static void evaluate(const model::Transformer& t, std::int64_t length, Result& result) {
        const Restriction& r = result.optima.front().restriction;
        const model::Evaluator evaluator(t, length);
        language::Word word = r.first_word();
        result.constant = evaluator.evaluate(word).accepts;
        const std::vector<std::size_t> free = r.free_positions();
        if (free.empty() || t.alphabet.size() == 1) return;
        language::Word other = word;
        other[free.front()] = 1;
        if (evaluator.evaluate(other).accepts != result.constant)
            throw base::InternalError(fmt::format("{} and {} are answered differently, against what was found: please report this",
                                                  t.alphabet.spell(word), t.alphabet.spell(other)));
        result.pair = {std::move(word), std::move(other)};
    }

    static int stopped(Session& session, const model::Transformer& t, std::int64_t length, const verdict::Undecided& why) {
        session.print_json({{"command", "restrict"}, {"model", t.name}, {"length", length}, {"verdict", "undecided"},
                            {"reason", to_string(why.reason)}, {"detail", why.detail}});
        fmt::print(stderr, "attest: {} at length {}: undecided: {}: {}\n", title(t), length, to_string(why.reason), why.detail);
        return undecided;
    }

    static std::string bound_text(const Optimum& o) {
        const std::string by = o.bound == Optimum::Bound::enumeration ? "by enumeration of all restrictions"
                               : o.bound == Optimum::Bound::solver    ? "by a solver, whose word is not checked"
                                                                      : "no bound";
        if (o.optimal()) return "optimal, " + (o.restriction.fixed_count() == 0 ? std::string("nothing is fixed") : by);
        return fmt::format("at most {} can be: {}", o.most_free, by);
    }

    static void show(Session& session, const model::Transformer& t, std::int64_t length, const Result& result, double seconds) {
        const Optimum& best = result.optima.front();
        const std::size_t free = best.restriction.free_count();
        if (best.most_free == 0 && length > 0)
            session.print(fmt::format("RESTRICTED {} at length {} in {:.2f} s: nothing can be silenced: with any position free the answer is still open ({})\n",
                                      title(t), length, seconds, bound_text(best)));
        else
            session.print(fmt::format("RESTRICTED {} at length {} in {:.2f} s: {} of {} positions free, every completion is {} ({})\n", title(t), length, seconds,
                                      free, length, done_to(result.constant), bound_text(best)));
        for (const Optimum& o : result.optima)
            session.print(fmt::format("  at most {} that matter{:<3}  {:>3} free  {}  {}\n", o.dependence, o.dependence == 1 ? "s" : "", o.restriction.free_count(),
                                      o.restriction.spell(t.alphabet), bound_text(o)));
        if (result.pair)
            session.print(fmt::format("  \"{}\" and \"{}\" differ in one symbol and are both {}\n", t.alphabet.spell(result.pair->first),
                                      t.alphabet.spell(result.pair->second), done_to(result.constant)));
        session.print_json(to_json(t, length, result, seconds));
    }

    static nlohmann::ordered_json fixed_json(const model::Transformer& t, const Restriction& r) {
        nlohmann::ordered_json fixed = nlohmann::ordered_json::object();
        for (std::size_t i = 0; i < r.length(); ++i)
            if (r.fixed[i]) fixed[std::to_string(i + 1)] = t.alphabet.symbol(*r.fixed[i]);
        return fixed;
    }

    static nlohmann::ordered_json to_json(const model::Transformer& t, std::int64_t length, const Result& result, double seconds) {
        const Optimum& best = result.optima.front();
        nlohmann::ordered_json object = {{"command", "restrict"},
                                         {"model", t.name},
                                         {"length", length},
                                         {"free", best.restriction.free_count()},
                                         {"fixed", fixed_json(t, best.restriction)},
                                         {"constant", word_for(result.constant)},
                                         {"optimal", best.optimal()}};
        if (result.pair) object["pair"] = {t.alphabet.spell(result.pair->first), t.alphabet.spell(result.pair->second)};
        object["dependence"] = nlohmann::ordered_json::array();
        for (const Optimum& o : result.optima) {
            nlohmann::ordered_json positions = nlohmann::ordered_json::array();
            for (const std::size_t i : o.depends_on) positions.push_back(i + 1);
            object["dependence"].push_back({{"at_most", o.dependence},
                                            {"free", o.restriction.free_count()},
                                            {"fixed", fixed_json(t, o.restriction)},
                                            {"depends_on", std::move(positions)},
                                            {"optimal", o.optimal()},
                                            {"most_free", {{"value", o.most_free}, {"guarantee", o.optimal() ? "exact" : "upper"}, {"by", to_string(o.bound)}}}});
        }
        object["seconds"] = seconds;
        return object;
    }

    std::string model_, length_, method_ = "automatic";
    std::size_t depends_ = 1;
};

}  // namespace

std::unique_ptr<Command> make_restrict() { return std::make_unique<Restrict>(); }

}  // namespace attest::cli
