#include <fmt/format.h>

#include <chrono>
#include <functional>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/certify/restriction.hpp"
#include "base/text.hpp"
#include "command.hpp"
#include "decide/restriction/tables.hpp"
#include "lengths.hpp"
#include "number.hpp"
#include "record/restriction.hpp"
#include "record/stopped.hpp"
#include "report/hahn.hpp"
#include "report/restriction.hpp"
#include "report/restriction_picture.hpp"
#include "subject.hpp"

namespace attest::cli {

namespace {

using restriction::Method;
using restriction::Outcome;

class Restrict : public Command {
  public:
    std::string name() const override { return "restrict"; }
    std::string summary() const override { return "Which inputs to fix so that the others no longer matter"; }
    std::vector<std::string> examples() const override {
        return {"attest restrict zoo:palindrome --length 16 --plot r.svg --certificate out/r",
                "attest restrict zoo:palindrome --length 12 --depends 2 --json",
                "attest restrict zoo:parity-tree-2-1 --length 3"};
    }
    Uses uses() const override { return {.solver = true, .seed = true}; }
    void declare(CLI::App& app) override {
        app.add_option("MODEL", model_, "A model file, tables, a program, or zoo:NAME")->required();
        app.add_option("--length", length_, "Symbols of the word")->required()->type_name("N");
        app.add_option("--depends", depends_,
                       "Also the most free positions of which at most 1, 2, … C matter (default 1)")
            ->transform(within(0, 64))
            ->type_name("C");
        app.add_option("--method", method_, "automatic (default), enumeration or search")->type_name("HOW");
        app.add_option("--plot", plot_, "Draw positions by layers, as SVG")->type_name("FILE");
        app.add_option("--k", hahn_.k, "Hahn's algorithm: activations that a head is followed through (default 2)")
            ->transform(within(1, 1000))
            ->type_name("K");
        app.add_option("--eta", eta_,
                       "Hahn's algorithm: share of the inputs that may be spent on busy ones (default 1/4)")
            ->type_name("P/Q");
        app.add_option("--q", q_, "Hahn's algorithm: probability with which an input is fixed at random (default 1/2)")
            ->type_name("P/Q");
        certificate_ =
            app.add_option("--certificate", directory_, "Keep the certificate in this directory")->type_name("DIR");
    }

    int run(Session& session) override {
        restriction::Options options;
        options.method = parse_method();
        options.most_dependence = depends_;
        options.seed = session.options.seed;
        options.back_end = logic::parse_back_end(session.options.solver);
        options.hahn = hahn_;
        options.hahn.seed = session.options.seed;
        if (!eta_.empty()) options.hahn.eta = parse_share(eta_, "--eta");
        if (!q_.empty()) options.hahn.q = parse_share(q_, "--q");
        options.progress = [&](const std::string& what) { session.progress(what); };
        const formats::NetworkFile subject = load_network(model_);
        const std::int64_t length = parse_length(length_, "--length");
        if (const auto* tables = std::get_if<formats::GuhatFile>(&subject)) {
            require_length(tables->guhat, model_, length);
            return run(session, options, tables->guhat, length,
                       [&](const Outcome& outcome, const base::Limits& limits, certify::Archive& archive) {
                           return certify::certify_restriction(*tables, outcome, session.options.seed, limits, archive);
                       });
        }
        if (const auto* program = std::get_if<formats::ProgramFile>(&subject))
            return run(session, options, program->program, length,
                       [&](const Outcome& outcome, const base::Limits& limits, certify::Archive& archive) {
                           return certify::certify_restriction(*program, length, outcome, session.options.seed, limits,
                                                               archive);
                       });
        const auto& file = std::get<formats::ModelFile>(subject);
        return run(session, options, file.transformer, length,
                   [&](const Outcome& outcome, const base::Limits& limits, certify::Archive& archive) {
                       return certify::certify_restriction(file, length, outcome, session.options.seed, limits,
                                                           archive);
                   });
    }

  private:
    using Certify = std::function<verdict::Verdict(const Outcome&, const base::Limits&, certify::Archive&)>;

    static auto find(const network::Transformer& t, std::int64_t length, const restriction::Options& options,
                     const base::Limits& limits) {
        return restriction::restrict_model(t, length, options, limits);
    }
    static auto find(const network::Guhat& tables, std::int64_t, const restriction::Options& options,
                     const base::Limits& limits) {
        return restriction::restrict_tables(tables, options, limits);
    }

    static auto find(const network::Program& program, std::int64_t length, const restriction::Options& options,
                     const base::Limits& limits) {
        return restriction::restrict_program(program, length, options, limits);
    }

    /// `Model`: a transformer, tables or a program.
    template <typename Model>
    int run(Session& session, const restriction::Options& options, const Model& model, std::int64_t length,
            const Certify& certify) const {
        certify::Archive archive(certificate_->count() > 0 ? std::optional(directory_) : std::nullopt);

        const base::Limits limits = session.limits();
        const auto started = std::chrono::steady_clock::now();
        const auto found = find(model, length, options, limits);
        if (const auto* why = std::get_if<verdict::Undecided>(&found)) return stopped(session, model, length, *why);
        const auto& outcome = std::get<Outcome>(found);
        if (outcome.kind != verdict::Evidence::none) session.progress("checking the certificate");
        const verdict::Verdict verdict = certify(outcome, limits, archive);
        if (!plot_.empty()) base::write_file(plot_, report::picture_svg(model, length, outcome));
        if (archive.keeps() && !archive.finish())
            session.note("no certificate: there is no evidence that the checker accepts");
        show(session, model, length, outcome, verdict,
             std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count());
        return status(outcome, verdict);
    }

    Method parse_method() const {
        if (method_ == "automatic") return Method::automatic;
        if (method_ == "enumeration") return Method::enumeration;
        if (method_ == "search") return Method::search;
        throw base::UsageError(
            fmt::format("--method: expected automatic, enumeration or search, found '{}'", base::printable(method_)));
    }

    /// A rational strictly between 0 and 1.
    static exact::Rational parse_share(const std::string& text, const std::string& option) {
        const auto digits = [](const std::string& part) {
            return !part.empty() && part.size() < 10 && part.find_first_not_of("0123456789") == std::string::npos;
        };
        const std::size_t slash = text.find('/');
        const std::string above = text.substr(0, slash),
                          below = slash == std::string::npos ? "" : text.substr(slash + 1);
        if (!digits(above) || !digits(below) || std::stoul(above) == 0 || std::stoul(above) >= std::stoul(below))
            throw base::UsageError(fmt::format("{}: expected a fraction between 0 and 1 such as 1/4, found '{}'",
                                               option, base::printable(text)));
        exact::Rational share(std::stoul(above), std::stoul(below));
        share.canonicalize();
        return share;
    }

    /// Why Hahn's algorithm was not run; empty where it was.
    static std::string without_hahn(const network::Transformer& t) {
        return t.kind() == network::AttentionKind::hard
                   ? ""
                   : fmt::format("Hahn's algorithm does not speak of {} attention", to_string(t.kind()));
    }
    static std::string without_hahn(const network::Guhat&) { return "Hahn's algorithm is not run on tables"; }
    static std::string without_hahn(const network::Program&) { return "Hahn's algorithm does not speak of programs"; }

    /// The greatest number of heads of a layer.
    static std::size_t heads_of(const network::Guhat& tables) { return static_cast<std::size_t>(tables.heads); }
    static std::size_t heads_of(const network::Program&) { return 1; }
    static std::size_t heads_of(const network::Transformer& t) {
        std::size_t most = 1;
        for (const network::Layer& l : t.layers)
            if (l.attention) most = std::max(most, l.attention->heads.size());
        return most;
    }

    template <typename Model>
    static int stopped(Session& session, const Model& t, std::int64_t length, const verdict::Undecided& why) {
        session.print_json(record::write(record::stopped("restrict", why, t.name, length)));
        fmt::print(stderr, "attest: {} at length {}: undecided: {}: {}\n", title(t), length, to_string(why.reason),
                   why.detail);
        return undecided;
    }

    template <typename Model>
    void show(Session& session, const Model& t, std::int64_t length, const Outcome& outcome,
              const verdict::Verdict& verdict, double seconds) const {
        const bool proved = record::optimum_is_proved(outcome, verdict);
        session.print(fmt::format("{} {} at length {} in {:.2f} s: {}\n",
                                  proved ? "RESTRICTED" : "UNDECIDED how far to restrict", title(t), length, seconds,
                                  report::restriction_headline(outcome, verdict)));
        session.print(report::restriction_text(t.alphabet, outcome, verdict));
        session.print(report::picture_text(t, outcome));
        if (outcome.hahn) session.print(report::hahn_text(t.alphabet, outcome, heads_of(t)));
        else if (const std::string why = without_hahn(t); !why.empty()) session.print(fmt::format("  {}\n", why));
        if (!plot_.empty()) session.print(fmt::format("  drawn in    {}\n", plot_));
        if (verdict.kept())
            session.print(fmt::format("  certificate {} (manifest {})\n", directory_, verdict.digest()));
        record::Restriction record = record::restriction(t.name, length, t.alphabet, outcome, verdict, heads_of(t));
        if (!plot_.empty()) record.plot = plot_;
        record.seconds = seconds;
        session.print_json(record::write(record));
    }

    /// Done iff the first optimum is proved and every other is at least known.
    static int status(const Outcome& outcome, const verdict::Verdict& verdict) {
        bool known = record::optimum_is_proved(outcome, verdict);
        for (const restriction::Optimum& o : outcome.optima) known = known && o.optimal();
        return known ? success : undecided;
    }

    std::string model_, length_, directory_, plot_, eta_, q_, method_ = "automatic";
    restriction::HahnOptions hahn_;
    std::size_t depends_ = 1;
    const CLI::Option* certificate_ = nullptr;
};

}  // namespace

std::unique_ptr<Command> make_restrict() { return std::make_unique<Restrict>(); }

}  // namespace attest::cli
