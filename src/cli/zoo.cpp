#include "attest/programs/zoo.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/formats/file.hpp"
#include "base/suggest.hpp"
#include "base/text.hpp"
#include "command.hpp"
#include "formats/program/write.hpp"
#include "programs/zoo/zoo_programs.hpp"
#include "record/zoo.hpp"
#include "subject.hpp"

namespace attest::cli {

namespace {

class ZooCommand : public Command {
  public:
    std::string name() const override { return "zoo"; }
    std::string summary() const override {
        return "The library of constructions: list, show NAME, export NAME -o FILE";
    }
    std::vector<std::string> examples() const override {
        return {"attest zoo list", "attest zoo show palindrome", "attest zoo export parity-tree-2-2 -o tree.json"};
    }
    void declare(CLI::App& app) override {
        app.add_option("ACTION", action_, "list (default), show or export");
        app.add_option("NAME", model_, "A construction, e.g. palindrome");
        declare_eps(app, eps_);
        app.add_option("-o,--output", output_, "Where export writes the model file (default: stdout)")
            ->type_name("FILE");
    }

    int run(Session& session) override {
        if (action_ == "list") return list(session);
        if (action_ != "show" && action_ != "export")
            throw base::UsageError(fmt::format("zoo: expected list, show or export, found '{}'{}",
                                               base::printable(action_), suggestion()));
        if (model_.empty())
            throw base::UsageError(fmt::format("zoo {}: expected the name of a construction, found none", action_));
        if (model_.starts_with("zoo:")) model_ = model_.substr(4);
        return action_ == "show" ? show(session) : write(session);
    }

  private:
    /// An action for a slip; the name of a construction asks to be shown.
    std::string suggestion() const {
        for (const programs::ZooEntry& e : programs::zoo())
            if (std::find(e.examples.begin(), e.examples.end(), action_) != e.examples.end())
                return fmt::format("; perhaps 'zoo show {}'", action_);
        return base::perhaps(action_, {"list", "show", "export"});
    }

    int list(Session& session) const {
        record::Zoo record;
        record.models.emplace();
        for (const programs::ZooEntry& e : programs::zoo()) {
            session.print(fmt::format("{:28} {:8} {:34} right at {}\n", e.name, network::to_string(e.kind), e.language,
                                      e.lengths));
            record.models->push_back(record::zoo_entry(e));
        }
        record.programs.emplace();
        for (const programs::ZooProgram& p : programs::zoo_programs()) {
            session.print(fmt::format("{:28} {:8} {:34} right at {}\n", p.name, "program", claim(p), p.lengths));
            record.programs->push_back(record::zoo_program(p));
        }
        session.print_json(record::write(record));
        return success;
    }

    static std::string claim(const programs::ZooProgram& program) {
        if (!program.task.empty()) return "task " + program.task;
        return program.language.empty() ? "no claim" : program.language;
    }

    static const programs::ZooProgram* find_program(const std::string& name) {
        const auto& all = programs::zoo_programs();
        const auto found = std::find_if(all.begin(), all.end(), [&](const auto& p) { return p.name == name; });
        return found == all.end() ? nullptr : &*found;
    }

    int show_program(Session& session, const programs::ZooProgram& entry) const {
        const network::Program p = *programs::zoo_program(model_);
        session.print(fmt::format(
            "{}\n  {}\n  program    {}\n  computes   {}\n  made for   {}\n  source     {}\n  alphabet   {}\n", model_,
            entry.summary, base::counted(p.variables.size(), "variable"), claim(entry), entry.lengths, entry.source,
            p.alphabet.describe()));
        record::Zoo record;
        record.program = record::zoo_program(entry);
        session.print_json(record::write(record));
        return success;
    }

    int show(Session& session) const {
        if (const programs::ZooProgram* program = find_program(model_)) return show_program(session, *program);
        const programs::ZooEntry e = programs::zoo_entry(model_);
        const network::Transformer t = programs::zoo_model(model_);
        std::string heads;
        for (const network::Layer& l : t.layers)
            heads += fmt::format("{}{}", heads.empty() ? "" : ", ", l.attention ? l.attention->heads.size() : 0);
        session.print(fmt::format(
            "{}\n  {}\n  attention  {}\n  language   {}\n  right at   {}\n  source     {}\n  alphabet   {}\n"
            "  layers     {} (heads: {})\n  dimension  {}\n",
            model_, e.summary, network::to_string(e.kind), e.language, e.lengths, e.source, t.alphabet.describe(),
            t.layers.size(), heads.empty() ? "none" : heads, t.dimension));
        record::Zoo record;
        record.model = record::zoo_entry(e, model_, t);
        session.print_json(record::write(record));
        return success;
    }

    std::string document_of_model() const {
        if (const auto program = programs::zoo_program(model_)) return formats::write_program(*program);
        network::Transformer transformer = programs::zoo_model(model_);
        change_eps(transformer, eps_);
        return formats::write_model(transformer);
    }

    int write(Session& session) const {
        const std::string document = document_of_model();
        record::Zoo record;
        record.name = model_;
        if (output_.empty()) {
            session.print_verbatim(document);
            record.document = base::Json::parse(document, model_);
        } else {
            base::write_file(output_, document);
            record.output = output_;
        }
        session.print_json(record::write(record));
        return success;
    }

    std::string action_ = "list", model_, eps_, output_;
};

}  // namespace

std::unique_ptr<Command> make_zoo() { return std::make_unique<ZooCommand>(); }

}  // namespace attest::cli
