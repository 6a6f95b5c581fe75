from policyuniverse.statement import Statement


class Policy:
    def __init__(self, policy):
        self.policy = policy
        statements = policy.get("Statement") or []
        if isinstance(statements, dict):
            statements = [statements]
        self.statements = [Statement(statement) for statement in statements]

    @property
    def principals(self):
        return {principal for statement in self.statements for principal in statement.principals}

    def is_internet_accessible(self):
        return any(statement.is_internet_accessible() for statement in self.statements)

    def internet_accessible_actions(self):
        return {
            action
            for statement in self.statements
            if statement.is_internet_accessible()
            for action in statement.actions
        }
