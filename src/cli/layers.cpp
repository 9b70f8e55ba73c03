#include "record/layers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "attest/base/error.hpp"
#include "base/quote.hpp"
#include "base/text.hpp"
#include "build/network.hpp"
#include "certify/outside.hpp"
#include "command.hpp"
#include "keep.hpp"
#include "language_notes.hpp"
#include "number.hpp"
#include "regular_language.hpp"

namespace attest::cli {

namespace {

using certify::LayerReport;

class LayersCommand : public Command {
  public:
    std::string name() const override { return "layers"; }
    std::string summary() const override {
        return "The least number of layers with which any unique hard attention recognises a language at all lengths";
    }
    std::vector<std::string> examples() const override {
        return {"attest layers nested:4 --mask strict --tie right", "attest layers 'regex:a*b*' --tie left --read end",
                "attest layers 'regex:(aa|bb)*' --modulus 2 --certificate out/l"};
    }
    void declare(CLI::App& app) override {
        app.add_option("LANGUAGE", language_, "A regular language; attest languages lists them")->required();
        app.add_option("--alphabet", alphabet_, "The symbols of regex: and contains: (default: those of the pattern)")
            ->type_name("SYMBOLS");
        app.add_option("--mask", mask_, "strict (default): only what is further left is seen")
            ->check(CLI::IsMember({"strict"}))
            ->type_name("MASK");
        app.add_option("--tie", tie_,
                       "Of equal scores the last (right, default), the first (left), heads of both kinds (both), or "
                       "heads to both sides that take the nearest (two-sided)")
            ->check(CLI::IsMember({"right", "left", "both", "two-sided"}))
            ->type_name("TIE");
        app.add_option("--modulus", network_.modulus, "Positions are known modulo M (default 1: not at all)")
            ->transform(within<std::uint64_t>(1, 1000))
            ->type_name("M");
        app.add_option("--read", read_,
                       "Where the answer is read: last (default), the last symbol, or end, a symbol after it")
            ->check(CLI::IsMember({"last", "end"}))
            ->type_name("WHERE");
        app.add_option("--to", most_, "The greatest number of layers that is asked about (default 8)")
            ->transform(within<std::size_t>(0, 64))
            ->type_name("K");
        app.add_option("--certificate", directory_, "Keep the certificates in this directory")->type_name("DIR");
    }

    int run(Session& session) override {
        const language::Language language = load_over(language_, alphabet_);
        note_reading(session, language_);
        network_.ties = ties();
        network_.reads_end = read_ == "end";
        certify::Archive archive(directory_.empty() ? std::nullopt : std::optional(directory_));
        session.progress("building a network");
        const std::optional<std::size_t> built = layers_built(language, session.limits());
        session.progress("looking for words that layers do not tell apart");
        LayerReport report;
        if (built != 0)
            report = certify::count_layers(language, network_, std::min(most_, built.value_or(most_ + 1) - 1),
                                           session.limits(), archive);
        finish_certificate(session, archive, report.parts, "found impossible");
        session.print(text(language, report, built));
        session.print_json(record::write(record::layers(language, network_, report, built)));
        return is_exact(report, built) || report.least > most_ ? success : undecided;
    }

  private:
    classify::Ties ties() const {
        if (tie_ == "left") return classify::Ties::left;
        if (tie_ == "both") return classify::Ties::both;
        return tie_ == "two-sided" ? classify::Ties::two_sided : classify::Ties::right;
    }

    /// The layers of the network that `attest build` makes, if it is of the class.
    std::optional<std::size_t> layers_built(const language::Language& language, const base::Limits& limits) const {
        if (network_.reads_end) return std::nullopt;
        const bool left = network_.ties == classify::Ties::left;
        try {
            const build::Built built =
                build::build_network(certify::minimal_automaton(language), language.name(),
                                     left ? build::Construction::exits : build::Construction::cascade, limits);
            if (network_.modulus % built.modulus != 0) return std::nullopt;
            return build::attention_layers(built.transformer);
        } catch (const base::Unsupported&) {
            return std::nullopt;  // there is none, and so nothing is known from above
        }
    }

    static bool is_exact(const LayerReport& report, std::optional<std::size_t> built) {
        return report.enough == report.least || built == report.least;
    }

    std::string text(const language::Language& language, const LayerReport& report,
                     std::optional<std::size_t> built) const {
        const std::string network =
            fmt::format("strict mask, tie {}, {}, read at the {}", tie_,
                        network_.modulus == 1 ? "no positions" : fmt::format("positions modulo {}", network_.modulus),
                        read_ == "end" ? "end symbol" : "last symbol");
        std::string text = fmt::format("LAYERS of {} ({}): {}, {:.2f} s\n", language.name(), network,
                                       bounds(report, built), report.seconds);
        for (const certify::LayerAnswer& a : report.answers) text += row(language.alphabet(), a);
        if (built)
            text += fmt::format("  {:>4}  possible              a network that attest build --tie {} makes\n", *built,
                                network_.ties == classify::Ties::left ? "left" : "right");
        return text;
    }

    static std::string bounds(const LayerReport& report, std::optional<std::size_t> built) {
        if (is_exact(report, built)) return fmt::format("exactly {}", report.least);
        const std::optional<std::size_t> most = report.enough ? report.enough : built;
        if (most) return fmt::format("from {} to {}", report.least, *most);
        return fmt::format("at least {}", report.least);
    }

    static std::string row(const language::Alphabet& alphabet, const certify::LayerAnswer& a) {
        const std::string seconds = fmt::format("{:.2f} s", a.verdict.spent.seconds);
        if (a.verdict.fails())
            return fmt::format(
                "  {:>4}  impossible  {:>8}  {} is in the language, {} is not, and no network of {} tells "
                "them apart (checked)\n",
                a.layers, seconds, base::quoted(alphabet.spell(a.found.pair->first)),
                base::quoted(alphabet.spell(a.found.pair->second)), base::counted(a.layers, "layer"));
        if (a.found.is_closed)
            return fmt::format(
                "  {:>4}  enough      {:>8}  all {} states of what {} can tell were gone through "
                "(unchecked)\n",
                a.layers, "", a.found.states, base::counted(a.layers, "layer"));
        return fmt::format("  {:>4}  undecided   {:>8}  {}\n", a.layers, "", a.verdict.why().detail);
    }

    std::string language_, alphabet_, mask_ = "strict", tie_ = "right", read_ = "last", directory_;
    classify::LayerClass network_;
    std::size_t most_ = 8;
};

}  // namespace

std::unique_ptr<Command> make_layers() { return std::make_unique<LayersCommand>(); }

}  // namespace attest::cli
