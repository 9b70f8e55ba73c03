#include <fmt/format.h>

#include <filesystem>

#include "attest/base/error.hpp"
#include "base/text.hpp"
#include "command.hpp"
#include "documents.hpp"
#include "record/lists.hpp"
#include "report/bibliography.hpp"
#include "report/certificate_citation.hpp"

namespace attest::cli {

namespace {

class Cite : public Command {
  public:
    std::string name() const override { return "cite"; }
    std::string summary() const override {
        return "BibTeX of attest itself, of a source that it names, or of a certificate";
    }
    std::vector<std::string> examples() const override {
        return {"attest cite", "attest cite hahn2020theoretical", "attest cite --cff > CITATION.cff",
                "attest cite --list", "attest cite out/refuted --author 'A. Author' --figure"};
    }
    void declare(CLI::App& app) override {
        app.add_option("KEY", keys_, "Sources, as models and claims name them, or certificates (default: attest)");
        app.add_option("--author", publication_.author, "Who publishes the certificate: \"A. Author and B. Author\"")
            ->type_name("NAMES");
        app.add_option("--url", publication_.url, "Where the certificate lies")->type_name("URL");
        app.add_flag("--figure", publication_.figure,
                     "Also a figure for LaTeX: where the heads look on the counterexample");
        app.add_flag("--list", list_, "The keys of all sources");
        app.add_flag("--cff", cff_, "attest itself as a CITATION.cff file");
    }

    int run(Session& session) override {
        if (keys_.empty()) keys_ = list_ ? report::bibliography_keys() : std::vector<std::string>{"attest"};
        std::string text;
        if (cff_) text = citation_file;
        else
            for (const std::string& key : keys_)
                text += (text.empty() || list_ ? "" : "\n") + (list_ ? key + "\n" : cited(session, key));
        session.print_verbatim(text);
        session.print_json(record::write(record::Cite{keys_, text}));
        return success;
    }

  private:
    /// A source, or the directory of a certificate.
    std::string cited(Session& session, const std::string& key) const {
        if (!std::filesystem::is_directory(key)) {
            if (!publication_.author.empty() || !publication_.url.empty() || publication_.figure)
                throw base::UsageError(
                    "cite: expected --author, --url and --figure with the directory of a certificate, found " +
                    base::printable(key));
            return report::bibtex(key);
        }
        report::Sources sources = report::read_sources({key});
        if (sources.certificates.size() != 1)
            throw base::UsageError("cite: expected the directory of one certificate, found " + base::printable(key));
        report::check_sources(sources, 1, session.limits(), [](std::size_t, std::size_t) {});
        const report::Certificate& certificate = sources.certificates.front();
        if (certificate.standing == report::Standing::accepted)
            return report::certificate_citation(certificate, publication_);
        throw base::InputError(
            key, certificate.standing == report::Standing::refused
                     ? fmt::format("the checker refuses this certificate: {} at {}: {}", certificate.obligation,
                                   base::printable(certificate.place, 200), base::printable(certificate.reason, 400))
                     : std::string("the certificate could not be checked within the limits"));
    }

    report::Publication publication_;
    std::vector<std::string> keys_;
    bool list_ = false, cff_ = false;
};

}  // namespace

std::unique_ptr<Command> make_cite() { return std::make_unique<Cite>(); }

}  // namespace attest::cli
