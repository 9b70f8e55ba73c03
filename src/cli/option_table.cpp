#include "option_table.hpp"

namespace attest::cli {

namespace {

OptionRow row(const CLI::Option& option) {
    OptionRow row;
    row.operand = option.get_positional();
    if (row.operand) row.names.push_back(option.get_name(true));
    for (const std::string& name : option.get_snames()) row.names.push_back("-" + name);
    for (const std::string& name : option.get_lnames()) row.names.push_back("--" + name);
    if (!row.operand && option.get_items_expected_max() > 0)
        row.argument = option.get_type_name().empty() ? "VALUE" : option.get_type_name();
    row.list = option.get_items_expected_max() > 1;
    row.description = option.get_description();
    return row;
}

}  // namespace

std::vector<CommandRow> option_table(const CLI::App& root) {
    std::vector<CommandRow> table;
    for (const CLI::App* command : root.get_subcommands({})) {
        CommandRow entry{command->get_name(), command->get_description(), command->get_footer(), {}};
        for (const CLI::Option* option : command->get_options()) entry.options.push_back(row(*option));
        table.push_back(std::move(entry));
    }
    return table;
}

}  // namespace attest::cli
