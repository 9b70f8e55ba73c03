#include "command.hpp"
#include "documents.hpp"
#include "record/lists.hpp"
#include "report/bibliography.hpp"

namespace attest::cli {

namespace {

class Cite : public Command {
  public:
    std::string name() const override { return "cite"; }
    std::string summary() const override { return "BibTeX of attest itself, or of a source that it names"; }
    std::vector<std::string> examples() const override {
        return {"attest cite", "attest cite hahn2020theoretical", "attest cite --cff > CITATION.cff",
                "attest cite --list"};
    }
    void declare(CLI::App& app) override {
        app.add_option("KEY", keys_, "Sources, as models and claims name them (default: attest)");
        app.add_flag("--list", list_, "The keys of all sources");
        app.add_flag("--cff", cff_, "attest itself as a CITATION.cff file");
    }

    int run(Session& session) override {
        if (keys_.empty()) keys_ = list_ ? report::bibliography_keys() : std::vector<std::string>{"attest"};
        std::string text;
        if (cff_) text = citation_file;
        else
            for (const std::string& key : keys_)
                text += (text.empty() || list_ ? "" : "\n") + (list_ ? key + "\n" : report::bibtex(key));
        session.print_verbatim(text);
        session.print_json(record::write(record::Cite{keys_, text}));
        return success;
    }

  private:
    std::vector<std::string> keys_;
    bool list_ = false, cff_ = false;
};

}  // namespace

std::unique_ptr<Command> make_cite() { return std::make_unique<Cite>(); }

}  // namespace attest::cli
