#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "base/suggest.hpp"
#include "base/text.hpp"
#include "base/version.hpp"
#include "command.hpp"
#include "documents.hpp"
#include "option_table.hpp"
#include "record/lists.hpp"

namespace attest::cli {

namespace {

/// Text as troff shows it: a leading dot or quote would be a request, a bare hyphen a typographic one.
std::string troff(const std::string& text) {
    std::string result;
    for (const char c : text) {
        if ((c == '.' || c == '\'') && (result.empty() || result.back() == '\n')) result += "\\&";
        if (c == '\\') result += "\\e";
        else if (c == '-') result += "\\-";
        else result += c;
    }
    return result;
}

std::string upper(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return text;
}

std::string heading(const std::string& page, const std::string& summary) {
    return fmt::format(".TH \"{}\" 1 \"\" \"attest {}\" \"attest\"\n.SH NAME\n{} \\- {}\n", upper(page),
                       base::version(), troff(page), troff(summary));
}

const char* const endings =
    ".SH EXIT STATUS\n.TP\n0\nit holds, or the work is done\n.TP\n1\nrefuted\n.TP\n2\nbad usage or bad "
    "input\n.TP\n3\nundecided within the limits\n.TP\n4\ninternal error\n";

std::string page(const CommandRow& command, const std::vector<std::string>& examples) {
    std::string text = heading("attest-" + command.name, command.summary) + ".SH SYNOPSIS\n.B attest " + command.name +
                       "\n[\\fIoptions\\fR]";
    for (const OptionRow& option : command.options)
        if (option.operand) text += " \\fI" + troff(option.names[0]) + "\\fR";
    text += "\n.SH OPTIONS\n";
    for (const OptionRow& option : command.options) {
        std::string names;
        for (const std::string& name : option.names)
            names += (names.empty() ? "" : ", ") + fmt::format("\\f{}{}\\fR", option.operand ? 'I' : 'B', troff(name));
        text += ".TP\n" + names + (option.argument.empty() ? "" : " \\fI" + troff(option.argument) + "\\fR") + "\n" +
                troff(option.description) + "\n";
    }
    text += ".SH EXAMPLES\n.nf\n";
    for (const std::string& example : examples) text += troff(example) + "\n";
    return text + ".fi\n" + endings + ".SH SEE ALSO\n.BR attest (1)\n";
}

std::string root_page(const std::vector<CommandRow>& table) {
    std::string text =
        heading("attest", "what transformers can and cannot compute, with evidence that others can check") +
        ".SH SYNOPSIS\n.B attest\n\\fICOMMAND\\fR [\\fIoptions\\fR] \\fI...\\fR\n.SH COMMANDS\n";
    for (const CommandRow& command : table)
        text += fmt::format(".TP\n.BR attest\\-{} (1)\n{}\n", troff(command.name), troff(command.summary));
    return text + endings;
}

struct Document {
    const char* name;
    const char* text;
};

constexpr Document documents[] = {{"model-format", model_format}, {"certificate-format", certificate_format}};

class Manual : public Command {
  public:
    std::string name() const override { return "manual"; }
    std::string summary() const override {
        return "The man page of attest or of a command, as troff; the model and certificate formats";
    }
    std::vector<std::string> examples() const override {
        return {"attest manual | man -l -", "attest manual prove > attest-prove.1", "attest manual -o man1",
                "attest manual model-format | less"};
    }
    void declare(CLI::App& app) override {
        app.add_option("COMMAND", command_, "A command, model-format or certificate-format (default: attest itself)");
        app.add_option("-o,--output", directory_, "Write all pages into this directory")->type_name("DIR");
        root_ = app.get_parent();
    }

    int run(Session& session) override {
        if (!directory_.empty()) return write_all(session);
        const std::string text = command_.empty() ? root_page(option_table(*root_)) : page_of(command_);
        session.print_verbatim(text);
        session.print_json(record::write(record::Manual{text, {}, {}}));
        return success;
    }

  private:
    int write_all(Session& session) {
        if (!command_.empty()) throw base::UsageError("manual: expected a command or --output, found both");
        const auto table = option_table(*root_);
        std::error_code error;
        std::filesystem::create_directories(directory_, error);
        if (error) throw base::InputError(directory_, "cannot write: " + error.message());
        base::write_file(directory_ + "/attest.1", root_page(table));
        for (const CommandRow& row : table) {
            command_ = row.name;
            base::write_file(directory_ + "/attest-" + row.name + ".1", command_page());
        }
        session.print_json(record::write(record::Manual{{}, directory_, table.size() + 1}));
        return success;
    }

    std::string page_of(const std::string& name) const {
        for (const Document& document : documents)
            if (name == document.name) return document.text;
        return command_page();
    }

    std::string command_page() const {
        std::vector<std::string> names;
        for (const Document& document : documents) names.emplace_back(document.name);
        for (const auto& command : all_commands()) {
            names.push_back(command->name());
            if (command->name() != command_) continue;
            for (const CommandRow& row : option_table(*root_))
                if (row.name == command_) return page(row, command->examples());
        }
        throw base::UsageError(
            fmt::format("manual: no command '{}'{}", base::printable(command_), base::perhaps(command_, names)));
    }

    std::string command_, directory_;
    const CLI::App* root_ = nullptr;
};

}  // namespace

std::unique_ptr<Command> make_manual() { return std::make_unique<Manual>(); }

}  // namespace attest::cli
