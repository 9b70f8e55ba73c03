#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/verdict/verdict.hpp"
#include "base/parallel.hpp"
#include "base/quote.hpp"
#include "command.hpp"
#include "emerge_graph.hpp"
#include "emerge_output.hpp"
#include "number.hpp"
#include "record/emergence.hpp"
#include "report/emergence_plot.hpp"
#include "studies.hpp"

namespace attest::cli {

namespace {

using exact::Rational;

class Emerge : public Command {
  public:
    std::string name() const override { return "emerge"; }
    std::string summary() const override {
        return "How abilities emerge in a toy model of knowledge graphs: exact curves, samples beside, and what "
               "transition it is";
    }
    std::vector<std::string> examples() const override {
        return {"attest emerge --nodes 100 --degree 3 --recall 0..1/0.1 --plot e.svg",
                "attest emerge --nodes 1000 --degree 3 --hallucination 0.5 --recall 0.3,0.4,0.5 --samples 0",
                "attest emerge --graph truth.json --model believed.json --recall 1/2",
                "attest emerge --thresholds table.json"};
    }
    Uses uses() const override { return {.seed = true, .threads = "Recalls that are worked on at a time"}; }
    void declare(CLI::App& app) override {
        CLI::Option* nodes = app.add_option("--nodes", nodes_, "Vertices of the random graph of what is true")
                                 ->transform(within<std::size_t>(2, 4096))
                                 ->type_name("N");
        CLI::Option* graph =
            app.add_option("--graph", graph_, "Instead: a graph (attest/graph), and a query in it")->type_name("FILE");
        app.add_option("--model", model_, "What a model believes: a graph with the same vertices")
            ->needs(graph)
            ->type_name("FILE");
        CLI::Option* table =
            app.add_option("--thresholds", table_, "Instead: count a table of reported thresholds")->type_name("FILE");
        nodes->excludes(graph)->excludes(table);
        graph->excludes(table);
        app.add_option("--method", way_,
                       "How sets of edges of a graph are counted: automatic (default), enumeration, diagram")
            ->check(CLI::IsMember({"automatic", "enumeration", "diagram"}))
            ->needs(graph)
            ->type_name("HOW");
        app.add_option("--degree", degree_, "Its mean number of edges out of a vertex (default 3)")->type_name("C");
        app.add_option("--hallucination", hallucination_,
                       "Mean number of false edges out of a vertex that the model believes in (default 0)")
            ->type_name("H");
        app.add_option(
               "--recall", recalls_,
               "The part of the true edges that it knows: S, A..B/STEP or a list with commas (default 0..1/0.1; of "
               "a graph one number, default 1/2)")
            ->type_name("S");
        app.add_option("--samples", trials_, "Random pairs of graphs beside each exact value (default 4000; 0: none)")
            ->transform(within<std::uint64_t>(0, 1'000'000'000))
            ->type_name("K");
        app.add_option("--plot", plot_, "Draw the curves (SVG)")->type_name("FILE");
    }

    int run(Session& session) override {
        if (!table_.empty()) return count_thresholds(session, table_);
        if (!graph_.empty()) return emerge_on_graph(session, graph_, model_, recall_of_graph(), way_);
        if (nodes_ == 0) throw base::UsageError("emerge: expected --nodes, --graph or --thresholds, found none");
        studies::Emergence found;
        found.model = {nodes_, exact::parse_number(degree_, "--degree"),
                       exact::parse_number(hallucination_, "--hallucination")};
        require_sound(found.model);
        found.seed = session.options.seed, found.trials = trials_;
        const std::vector<Rational> recalls = parse_recalls(recalls_.empty() ? "0..1/0.1" : recalls_);
        found.is_whole = follow(session, found, recalls);
        if (!plot_.empty() && found.is_whole)
            base::write_file(plot_, draw_emergence(report::emergence_plot(record::emergence(found, 0))).document());
        show(session, found);
        if (!found.is_whole) {
            const auto limit = session.limits().exceeded();
            session.note(
                fmt::format("not all of it: {}", limit ? to_string(verdict::reason_of(*limit)) : "a limit came first"));
        }
        return found.is_whole ? success : undecided;
    }

  private:
    static void show(Session& session, const studies::Emergence& found) {
        const record::Emergence record = record::emergence(found, session.seconds());
        session.print(emergence_text(found, record));
        session.print_json(record::write(record));
    }

    /// False where a limit came first.
    static bool follow(Session& session, studies::Emergence& found, const std::vector<Rational>& recalls) {
        const base::Limits limits = session.limits();
        const std::size_t together = session.options.threads;
        for (std::size_t first = 0; first < recalls.size(); first += together) {
            session.progress(
                fmt::format("[{}/{}] recall {}", first + 1, recalls.size(), exact::to_string(recalls[first])));
            const std::size_t count = std::min(together, recalls.size() - first);
            std::vector<std::optional<studies::Emergence::Point>> points(count);
            base::in_parallel(session.options.threads, count,
                              [&](std::size_t k) { points[k] = point(found, recalls[first + k], first + k, limits); });
            for (const auto& p : points) {
                if (!p) return false;
                found.points.push_back(*p);
            }
            session.draft([&] { show(session, found); });
        }
        if (found.model.degree == 0) return true;
        session.progress("where the curve rises");
        found.transition = transition(found.model, limits);
        return found.transition.has_value();
    }

    static std::optional<studies::Emergence::Point> point(const studies::Emergence& of, const Rational& recall,
                                                          std::size_t index, const base::Limits& limits) {
        // The multiplier of SplitMix64: seeds of neighbours have nothing in common.
        constexpr std::uint64_t apart = 0x9E3779B97F4A7C15;
        const std::optional<studies::ToyPoint> exact = at_recall(of.model, recall, limits);
        if (!exact) return std::nullopt;
        studies::Emergence::Point point{*exact, {}};
        if (of.trials == 0) return point;
        point.sample = sample(of.model, recall, of.trials, of.seed + apart * index, limits);
        if (!point.sample) return std::nullopt;
        return point;
    }

    /// Ascending, each once.
    std::vector<Rational> parse_recalls(const std::string& text) const {
        constexpr std::size_t most = 1000;
        std::vector<Rational> recalls;
        for (std::size_t at = 0; at <= text.size();) {
            const std::size_t comma = std::min(text.find(',', at), text.size());
            const std::string part = text.substr(at, comma - at);
            at = comma + 1;
            const std::size_t dots = part.find(".."), slash = part.rfind('/');
            if (dots == std::string::npos) {
                recalls.push_back(exact::parse_number(part, "--recall"));
                continue;
            }
            if (slash == std::string::npos || slash < dots) refuse_recall("A..B/STEP");
            const Rational from = exact::parse_number(part.substr(0, dots), "--recall");
            const Rational to = exact::parse_number(part.substr(dots + 2, slash - dots - 2), "--recall");
            const Rational step = exact::parse_number(part.substr(slash + 1), "--recall");
            if (step <= 0 || to < from || (to - from) / step > static_cast<long>(most))
                refuse_recall(fmt::format("A..B/STEP with A at most B and at most {} steps", most));
            for (Rational s = from; s <= to; s += step) recalls.push_back(s);
        }
        std::sort(recalls.begin(), recalls.end());
        recalls.erase(std::unique(recalls.begin(), recalls.end()), recalls.end());
        if (recalls.front() < 0 || recalls.back() > 1) refuse_recall("numbers from 0 to 1");
        return recalls;
    }

    Rational recall_of_graph() const {
        const std::vector<Rational> recalls = recalls_.empty() ? std::vector{Rational(1, 2)} : parse_recalls(recalls_);
        if (recalls.size() != 1) refuse_recall("one number with --graph");
        return recalls.front();
    }

    [[noreturn]] void refuse_recall(const std::string& expected) const {
        throw base::UsageError(fmt::format("--recall: expected {}, found {}", expected, base::quoted(recalls_)));
    }

    std::size_t nodes_ = 0;
    std::uint64_t trials_ = 4000;
    std::string degree_ = "3", hallucination_ = "0", recalls_, plot_, graph_, model_, table_, way_ = "automatic";
};

}  // namespace

std::unique_ptr<Command> make_emerge() { return std::make_unique<Emerge>(); }

}  // namespace attest::cli
